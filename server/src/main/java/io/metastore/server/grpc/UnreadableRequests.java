package io.metastore.server.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.SecurityLevel;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// Answers requests that are no message of their method as grpc-go does. The library for Java would tell the client
/// `UNKNOWN`, as if the server had failed, and log a failure.
///
///     KV/Put 0a0561       →  INTERNAL grpc: error unmarshalling request: proto: cannot parse …
///     Watch/Watch 0a0561  →  INTERNAL grpc: failed to unmarshal the received message: proto: …
///
/// Nothing of such a request reaches the method, and the call is over for it.
final class UnreadableRequests {
    /// The blank is one that does not break: protobuf for Go writes it so in half of all builds, and in etcd's.
    private static final String NO_MESSAGE = "proto:\u00a0cannot parse invalid wire-format data";

    private static final String NO_TEXT = "string field contains invalid UTF-8";

    private UnreadableRequests() {}

    /// What a client sent.
    private sealed interface Received<Q> {
        record Message<Q>(Q content) implements Received<Q> {}

        record Nonsense<Q>(String reason) implements Received<Q> {}
    }

    /// The same service, which answers such requests.
    static ServerServiceDefinition answered(ServerServiceDefinition service) {
        var answered =
                ServerServiceDefinition.builder(service.getServiceDescriptor().getName());
        service.getMethods().forEach(method -> answered.addMethod(answered(method)));
        return answered.build();
    }

    private static <Q, A> ServerMethodDefinition<Received<Q>, A> answered(ServerMethodDefinition<Q, A> method) {
        var descriptor = method.getMethodDescriptor();
        var received = descriptor.toBuilder(
                        new Reading<>(descriptor.getRequestMarshaller()), descriptor.getResponseMarshaller())
                .build();
        return ServerMethodDefinition.create(received, handler(descriptor, method.getServerCallHandler()));
    }

    private static <Q, A> ServerCallHandler<Received<Q>, A> handler(
            MethodDescriptor<Q, A> method, ServerCallHandler<Q, A> handler) {
        return (received, metadata) -> {
            var call = new Call<>(received, method);
            return new Listener<>(handler.startCall(call, metadata), call);
        };
    }

    private static Status status(MethodDescriptor.MethodType type, String reason) {
        var place = type == MethodDescriptor.MethodType.UNARY
                ? "grpc: error unmarshalling request: "
                : "grpc: failed to unmarshal the received message: ";
        return Status.INTERNAL.withDescription(place + reason);
    }

    private record Reading<Q>(MethodDescriptor.Marshaller<Q> message)
            implements MethodDescriptor.Marshaller<Received<Q>> {
        @Override
        public InputStream stream(Received<Q> value) {
            return switch (value) {
                case Received.Message<Q>(var content) -> message.stream(content);
                case Received.Nonsense<Q> _ -> InputStream.nullInputStream();
            };
        }

        @Override
        public Received<Q> parse(InputStream stream) {
            try {
                return new Received.Message<>(message.parse(stream));
            } catch (StatusRuntimeException e) {
                if (e.getCause() instanceof InvalidProtocolBufferException cause) {
                    return new Received.Nonsense<>(reason(cause));
                }
                throw e;
            }
        }
    }

    /// The library tells the two kinds apart by its texts alone.
    private static String reason(InvalidProtocolBufferException cause) {
        return String.valueOf(cause.getMessage()).contains("UTF-8") ? NO_TEXT : NO_MESSAGE;
    }

    private static final class Listener<Q> extends ServerCall.Listener<Received<Q>> {
        private final ServerCall.Listener<Q> listener;
        private final Call<Q, ?> call;

        Listener(ServerCall.Listener<Q> listener, Call<Q, ?> call) {
            this.listener = listener;
            this.call = call;
        }

        @Override
        public void onMessage(Received<Q> message) {
            if (call.isRefused()) {
                return;
            }
            switch (message) {
                case Received.Message<Q>(var content) -> listener.onMessage(content);
                case Received.Nonsense<Q>(var reason) -> {
                    call.refuse(reason);
                    listener.onCancel();
                }
            }
        }

        @Override
        public void onHalfClose() {
            if (!call.isRefused()) {
                listener.onHalfClose();
            }
        }

        @Override
        public void onCancel() {
            if (!call.isRefused()) {
                listener.onCancel();
            }
        }

        @Override
        public void onComplete() {
            if (!call.isRefused()) {
                listener.onComplete();
            }
        }

        @Override
        public void onReady() {
            if (!call.isRefused()) {
                listener.onReady();
            }
        }
    }

    /// The call as the method knows it: one that was refused looks as if the client had given it up. Streams answer on
    /// threads of their own, so that has to be settled between two messages.
    private static final class Call<Q, A> extends ServerCall<Q, A> {
        private final ServerCall<Received<Q>, A> call;
        private final MethodDescriptor<Q, A> method;
        private boolean closed;
        private volatile boolean refused;

        Call(ServerCall<Received<Q>, A> call, MethodDescriptor<Q, A> method) {
            this.call = call;
            this.method = method;
        }

        boolean isRefused() {
            return refused;
        }

        synchronized void refuse(String reason) {
            refused = true;
            if (!closed) {
                call.close(status(method.getType(), reason), new Metadata());
            }
        }

        @Override
        public void request(int count) {
            call.request(count);
        }

        @Override
        public synchronized void sendHeaders(Metadata headers) {
            if (!refused) {
                call.sendHeaders(headers);
            }
        }

        @Override
        public synchronized void sendMessage(A message) {
            if (!refused) {
                call.sendMessage(message);
            }
        }

        @Override
        public synchronized void close(Status status, Metadata trailers) {
            if (!refused) {
                closed = true;
                call.close(status, trailers);
            }
        }

        @Override
        public boolean isReady() {
            return call.isReady();
        }

        @Override
        public boolean isCancelled() {
            return refused || call.isCancelled();
        }

        @Override
        public void setOnReadyThreshold(int bytes) {
            call.setOnReadyThreshold(bytes);
        }

        @Override
        public void setMessageCompression(boolean enabled) {
            call.setMessageCompression(enabled);
        }

        @Override
        public void setCompression(String compressor) {
            call.setCompression(compressor);
        }

        @Override
        public SecurityLevel getSecurityLevel() {
            return call.getSecurityLevel();
        }

        @Override
        public Attributes getAttributes() {
            return call.getAttributes();
        }

        @Override
        public @Nullable String getAuthority() {
            return call.getAuthority();
        }

        @Override
        public MethodDescriptor<Q, A> getMethodDescriptor() {
            return method;
        }
    }
}
