package io.metastore.server.grpc;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.grpc.stub.MetadataUtils;
import io.metastore.server.trace.Tracing;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Watches every call of a known method from its first byte to its end; each costs one look-up and one object.
final class CallTracers extends ServerStreamTracer.Factory {
    private static final Metadata.Key<String> CLIENT_VERSION =
            Metadata.Key.of("client-api-version", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> OWN = Metadata.Key.of("metastore-own", Metadata.ASCII_STRING_MARSHALLER);
    /// Nobody outside knows it, so that no client can leave the counts.
    private static final String OWN_WORD = Long.toHexString(new SecureRandom().nextLong());

    private static final ServerStreamTracer NOBODY = new ServerStreamTracer() {};

    private final CallMeter meter;
    private final Tracing tracing;
    private final Map<String, CallMeter.Method> methods;

    CallTracers(CallMeter meter, Tracing tracing, List<ServerServiceDefinition> services) {
        this.meter = meter;
        this.tracing = tracing;
        this.methods = services.stream()
                .flatMap(service -> service.getMethods().stream())
                .map(ServerMethodDefinition::getMethodDescriptor)
                .collect(Collectors.toMap(
                        method -> method.getFullMethodName(),
                        method -> meter.method(
                                Objects.requireNonNull(method.getServiceName()),
                                Objects.requireNonNull(method.getBareMethodName()),
                                shape(method.getType()))));
    }

    /// A way to the services for calls that are parts of a client's call and no calls of their own.
    static Channel unmeasured(Channel services) {
        var headers = new Metadata();
        headers.put(OWN, OWN_WORD);
        return ClientInterceptors.intercept(services, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private static CallMeter.Shape shape(MethodType type) {
        return switch (type) {
            case UNARY -> CallMeter.Shape.UNARY;
            case CLIENT_STREAMING -> CallMeter.Shape.CLIENT_STREAM;
            case SERVER_STREAMING -> CallMeter.Shape.SERVER_STREAM;
            case BIDI_STREAMING, UNKNOWN -> CallMeter.Shape.BIDI_STREAM;
        };
    }

    @Override
    public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
        var method = methods.get(fullMethodName);
        if (method == null || OWN_WORD.equals(headers.get(OWN))) {
            return NOBODY;
        }
        method.started(version(headers.get(CLIENT_VERSION)));
        var counted = new Tracer(meter, method);
        return tracing.isOn() ? TracedCall.of(counted, tracing, fullMethodName, headers) : counted;
    }

    private static String version(@Nullable String told) {
        return told == null ? "unknown" : told;
    }

    private static final class Tracer extends ServerStreamTracer {
        private final CallMeter meter;
        private final CallMeter.Method method;
        private final long startNanos = System.nanoTime();

        Tracer(CallMeter meter, CallMeter.Method method) {
            this.meter = meter;
            this.method = method;
        }

        @Override
        public void inboundMessage(int sequence) {
            method.received();
        }

        @Override
        public void outboundMessage(int sequence) {
            method.sent();
        }

        @Override
        public void inboundUncompressedSize(long bytes) {
            meter.received(bytes);
        }

        @Override
        public void outboundUncompressedSize(long bytes) {
            meter.sent(bytes);
        }

        @Override
        public void streamClosed(Status status) {
            method.ended(code(status).value(), System.nanoTime() - startNanos);
        }
    }

    /// When its connection is lost the library calls a call unavailable; in etcd, the client has then given it up. Our
    /// own refusals have texts.
    static Status.Code code(Status status) {
        var told = status.getDescription();
        boolean lost =
                status.getCode() == Status.Code.UNAVAILABLE && (told == null || !told.startsWith("etcdserver: "));
        return lost ? Status.Code.CANCELLED : status.getCode();
    }
}
