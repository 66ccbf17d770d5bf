package io.metastore.server.differential;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DynamicMessage;
import etcdserverpb.RangeRequest;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.protobuf.ProtoUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import v3electionpb.CampaignRequest;
import v3lockpb.LockRequest;

/// The RPCs that scripts may name, found in the services' descriptors, so that a script can call whatever the wire
/// format has.
final class Methods {
    /// @param input the request's type, whose text a script writes
    record Method(Descriptor input, Descriptor output, MethodDescriptor<DynamicMessage, DynamicMessage> rpc) {}

    private static final Map<String, Method> BY_NAME = byName();

    private Methods() {}

    /// The method with this name, such as `Put`; the names differ between all services.
    static Method named(String name) {
        var method = BY_NAME.get(name);
        if (method == null) {
            throw new IllegalArgumentException("no method " + name + "; there are " + BY_NAME.keySet());
        }
        return method;
    }

    static Set<String> names() {
        return BY_NAME.keySet();
    }

    /// A method of which nothing is known but its full name, such as `etcdserverpb.KV/Put`: bytes in, bytes out.
    static MethodDescriptor<byte[], byte[]> raw(String fullName) {
        return MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodType.UNARY)
                .setFullMethodName(fullName)
                .setRequestMarshaller(new RawBytes())
                .setResponseMarshaller(new RawBytes())
                .build();
    }

    private static Map<String, Method> byName() {
        var methods = new TreeMap<String, Method>();
        Stream.of(
                        RangeRequest.getDescriptor().getFile(),
                        LockRequest.getDescriptor().getFile(),
                        CampaignRequest.getDescriptor().getFile(),
                        HealthCheckRequest.getDescriptor().getFile())
                .map(FileDescriptor::getServices)
                .flatMap(services -> services.stream().map(ServiceDescriptor::getMethods))
                .flatMap(list -> list.stream())
                // Health has a Watch of its own; etcd's is the one that scripts mean.
                .forEach(method -> methods.putIfAbsent(method.getName(), describe(method)));
        return methods;
    }

    private static Method describe(com.google.protobuf.Descriptors.MethodDescriptor method) {
        var rpc = MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
                .setType(type(method.isClientStreaming(), method.isServerStreaming()))
                .setFullMethodName(method.getService().getFullName() + "/" + method.getName())
                .setRequestMarshaller(ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getInputType())))
                .setResponseMarshaller(ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getOutputType())))
                .build();
        return new Method(method.getInputType(), method.getOutputType(), rpc);
    }

    private static MethodType type(boolean clientStreams, boolean serverStreams) {
        if (clientStreams) {
            return MethodType.BIDI_STREAMING;
        }
        return serverStreams ? MethodType.SERVER_STREAMING : MethodType.UNARY;
    }

    private static final class RawBytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read an answer", e);
            }
        }
    }
}
