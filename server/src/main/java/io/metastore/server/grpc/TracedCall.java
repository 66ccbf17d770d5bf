package io.metastore.server.grpc;

import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.metastore.server.trace.Headers;
import io.metastore.server.trace.Span;
import io.metastore.server.trace.Tracing;
import java.net.InetSocketAddress;
import java.util.Optional;

/// A call that is followed from its first byte to its end, as the handler for Go that etcd uses follows calls: names,
/// attributes and status are those of OpenTelemetry's conventions for RPC.
final class TracedCall extends ServerStreamTracer {
    private static final Context.Key<Span> SPAN = Context.key("span");

    private final ServerStreamTracer counted;
    private final Span span;

    private TracedCall(ServerStreamTracer counted, Span span) {
        this.counted = counted;
        this.span = span;
    }

    /// The same call, followed too if it is to be.
    ///
    /// @param counted what watches the call besides
    /// @param method its full name
    static ServerStreamTracer of(ServerStreamTracer counted, Tracing tracing, String method, Metadata headers) {
        var span = tracing.request(method, sent(headers));
        if (!span.isRecorded()) {
            return counted;
        }
        span.tell("rpc.system.name", "grpc");
        span.tell("rpc.method", method);
        return new TracedCall(counted, span);
    }

    private static Headers sent(Metadata headers) {
        return name -> Optional.ofNullable(headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER)));
    }

    /// The call that the library asks this thread to serve, if it is followed.
    static Optional<Span> current() {
        return Optional.ofNullable(SPAN.get());
    }

    @Override
    public Context filterContext(Context context) {
        return context.withValue(SPAN, span);
    }

    @Override
    public void serverCallStarted(ServerCallInfo<?, ?> call) {
        if (call.getAttributes().get(Grpc.TRANSPORT_ATTR_LOCAL_ADDR) instanceof InetSocketAddress here) {
            span.tell("server.address", here.getAddress().getHostAddress());
            span.tell("server.port", here.getPort());
        }
        counted.serverCallStarted(call);
    }

    @Override
    public void inboundMessage(int sequence) {
        counted.inboundMessage(sequence);
    }

    @Override
    public void outboundMessage(int sequence) {
        counted.outboundMessage(sequence);
    }

    @Override
    public void inboundUncompressedSize(long bytes) {
        counted.inboundUncompressedSize(bytes);
    }

    @Override
    public void outboundUncompressedSize(long bytes) {
        counted.outboundUncompressedSize(bytes);
    }

    @Override
    public void streamClosed(Status status) {
        counted.streamClosed(status);
        var code = CallTracers.code(status);
        span.tell("rpc.response.status_code", code.name());
        if (isOurs(code)) {
            span.failed(Optional.ofNullable(status.getDescription()).orElse(""));
        }
        span.end();
    }

    /// Whether the code says that this side is at fault.
    private static boolean isOurs(Status.Code code) {
        return switch (code) {
            case UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS -> true;
            case OK,
                    CANCELLED,
                    INVALID_ARGUMENT,
                    NOT_FOUND,
                    ALREADY_EXISTS,
                    PERMISSION_DENIED,
                    RESOURCE_EXHAUSTED,
                    FAILED_PRECONDITION,
                    ABORTED,
                    OUT_OF_RANGE,
                    UNAUTHENTICATED -> false;
        };
    }
}
