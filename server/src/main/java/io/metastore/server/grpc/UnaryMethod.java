package io.metastore.server.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.metastore.server.node.Credentials;
import io.metastore.server.node.Right;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A method with one request and one answer. It is served on the event loop of the connection: the handler looks at
/// the request, hands it on and returns.
public final class UnaryMethod<Q, A> implements ServerCallHandler<Q, A> {
    private final Admission admission;
    private final Handler<Q, A> handler;
    private final Predicate<Q> learnersMay;
    private final Function<Credentials, Optional<EtcdError>> door;

    /// Must not block; answers through `reply`, now or later.
    @FunctionalInterface
    public interface Handler<Q, A> {
        void serve(Q request, Reply<A> reply);
    }

    /// A method that learners do not serve.
    public UnaryMethod(Admission admission, Handler<Q, A> handler) {
        this(admission, handler, _ -> false);
    }

    /// @param learnersMay which requests a learner serves too
    public UnaryMethod(Admission admission, Handler<Q, A> handler, Predicate<Q> learnersMay) {
        this(admission, handler, learnersMay, _ -> Optional.empty());
    }

    private UnaryMethod(
            Admission admission,
            Handler<Q, A> handler,
            Predicate<Q> learnersMay,
            Function<Credentials, Optional<EtcdError>> door) {
        this.admission = admission;
        this.handler = handler;
        this.learnersMay = learnersMay;
        this.door = door;
    }

    /// The same method for those alone who have this right, as far as is known here. Of a method without this,
    /// what is behind it asks.
    public UnaryMethod<Q, A> requiring(Right right) {
        return new UnaryMethod<>(admission, handler, learnersMay, who -> admission.refuses(who, right));
    }

    @Override
    public ServerCall.Listener<Q> startCall(ServerCall<Q, A> call, Metadata metadata) {
        // Two, so that a client that sends a second request is found out.
        call.request(2);
        return new Listener(call, metadata);
    }

    private final class Listener extends ServerCall.Listener<Q> {
        private final ServerCall<Q, A> call;
        private final Metadata metadata;
        private @Nullable Q request;
        private boolean refused;

        Listener(ServerCall<Q, A> call, Metadata metadata) {
            this.call = call;
            this.metadata = metadata;
        }

        @Override
        public void onMessage(Q message) {
            if (request == null) {
                request = message;
            } else if (!refused) {
                misuse("Too many requests");
            }
        }

        @Override
        public void onHalfClose() {
            if (refused) {
                return;
            }
            if (request == null) {
                misuse("Half-closed without a request");
                return;
            }
            serve(request);
        }

        private void serve(Q message) {
            var loop = Objects.requireNonNull(call.getAttributes().get(PortSharing.LOOP));
            var credentials = admission.credentials(call, metadata);
            var reply = new Reply<>(call, loop, credentials, admission.slow().begin(message));
            Runnable step = () -> {
                Optional<EtcdError> error = admission.refuses(metadata, learnersMay.test(message));
                if (error.isPresent()) {
                    reply.refuse(error.get());
                } else if (credentials.equals(Credentials.NONE)) {
                    enter(message, reply);
                } else {
                    admission.whenKnown(credentials, loop, () -> reply.attempt(() -> enter(message, reply)));
                }
            };
            var span = admission.following();
            if (span.isRecorded()) {
                span.within(() -> reply.attempt(step));
            } else {
                reply.attempt(step);
            }
        }

        private void enter(Q message, Reply<A> reply) {
            var error = door.apply(reply.credentials());
            if (error.isPresent()) {
                reply.refuse(error.get());
            } else {
                handler.serve(message, reply);
            }
        }

        private void misuse(String text) {
            refused = true;
            call.close(Status.INTERNAL.withDescription(text), new Metadata());
        }
    }
}
