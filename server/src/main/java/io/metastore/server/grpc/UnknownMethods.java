package io.metastore.server.grpc;

import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Answers calls of methods that nobody serves as grpc-go does.
///
///     etcdserverpb.KV/Foo  →  unknown method Foo for service etcdserverpb.KV
///     foo/Bar              →  unknown service foo
final class UnknownMethods extends HandlerRegistry {
    private final Set<String> services;

    /// @param services the names of the services that are served
    UnknownMethods(Set<String> services) {
        this.services = Set.copyOf(services);
    }

    /// Of all services but these.
    static UnknownMethods besides(List<ServerServiceDefinition> services) {
        return new UnknownMethods(services.stream()
                .map(service -> service.getServiceDescriptor().getName())
                .collect(Collectors.toSet()));
    }

    @Override
    public ServerMethodDefinition<?, ?> lookupMethod(String method, @Nullable String authority) {
        var descriptor = MethodDescriptor.<Nothing, Nothing>newBuilder()
                .setType(MethodDescriptor.MethodType.UNKNOWN)
                .setFullMethodName(method)
                .setRequestMarshaller(Nothing.MARSHALLER)
                .setResponseMarshaller(Nothing.MARSHALLER)
                .build();
        return ServerMethodDefinition.create(descriptor, refusal(text(method)));
    }

    String text(String method) {
        int slash = method.lastIndexOf('/');
        var service = method.substring(0, Math.max(0, slash));
        return services.contains(service)
                ? "unknown method " + method.substring(slash + 1) + " for service " + service
                : "unknown service " + service;
    }

    private static ServerCallHandler<Nothing, Nothing> refusal(String text) {
        return (call, _) -> {
            call.close(Status.UNIMPLEMENTED.withDescription(text), new Metadata());
            return new ServerCall.Listener<>() {};
        };
    }

    /// The messages of a method of which nothing is known.
    private enum Nothing {
        NOTHING;

        static final MethodDescriptor.Marshaller<Nothing> MARSHALLER = new MethodDescriptor.Marshaller<>() {
            @Override
            public InputStream stream(Nothing value) {
                return new ByteArrayInputStream(new byte[0]);
            }

            @Override
            public Nothing parse(InputStream stream) {
                return NOTHING;
            }
        };
    }
}
