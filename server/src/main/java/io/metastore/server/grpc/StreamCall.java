package io.metastore.server.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.metastore.server.grpc.auth.CallCredentials;
import io.metastore.server.node.Credentials;
import java.util.Objects;

/// One call that lives long: what is common to watches, keep-alives and streamed ranges. Messages may be sent from
/// any thread, and after the end they go nowhere.
abstract class StreamCall<Q, A> extends ServerCall.Listener<Q> implements OpenStreams.Stream {
    private final ServerCall<Q, A> call;
    private final OpenStreams open;
    private final boolean requiresLeader;
    private final Credentials who;
    private boolean begun;
    private volatile boolean ended;

    StreamCall(ServerCall<Q, A> call, Metadata metadata, OpenStreams open) {
        this.call = call;
        this.open = open;
        this.requiresLeader = Admission.requiresLeader(metadata);
        // Also while nobody is asked: that may change before the stream ends.
        this.who = CallCredentials.of(call.getAttributes(), metadata);
    }

    /// Ends the call at once with `error` before it was known to anyone.
    static <Q, A> ServerCall.Listener<Q> refused(ServerCall<Q, A> call, EtcdError error) {
        call.close(error.status(), new Metadata());
        return new ServerCall.Listener<>() {};
    }

    /// Who asks.
    final Credentials who() {
        return who;
    }

    /// Asks for the first message when enough is known of who asks, and lets the member end this stream.
    final ServerCall.Listener<Q> begin(Admission admission) {
        open.add(this);
        admission.whenKnown(who, loop(), this::request);
        return this;
    }

    /// What this stream holds is let go; called once, however it ends, on any thread.
    abstract void released();

    @Override
    public boolean requiresLeader() {
        return requiresLeader;
    }

    final LoopExecutor loop() {
        return Objects.requireNonNull(call.getAttributes().get(PortSharing.LOOP));
    }

    /// Asks the client for one more message. It does not wait for a message that is being sent.
    final void request() {
        if (!ended) {
            call.request(1);
        }
    }

    /// Whether the connection takes more without storing it up.
    final boolean takesMore() {
        return call.isReady();
    }

    final boolean hasEnded() {
        return ended;
    }

    final synchronized void send(A message) {
        if (ended || call.isCancelled()) {
            return;
        }
        if (!begun) {
            begun = true;
            call.sendHeaders(new Metadata());
        }
        call.sendMessage(message);
    }

    @Override
    public final void end(EtcdError error) {
        end(error.status());
    }

    final void end(Status status) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            if (!call.isCancelled()) {
                if (status.isOk() && !begun) {
                    call.sendHeaders(new Metadata());
                }
                call.close(status, new Metadata());
            }
        }
        open.remove(this);
        released();
    }

    /// The client, or the connection, is gone.
    @Override
    public final void onCancel() {
        end(EtcdError.WATCH_CANCELED);
    }

    @Override
    public final void onComplete() {
        end(Status.OK);
    }
}
