package io.metastore.server.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.metastore.server.node.Credentials;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Reason;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way back of one unary call. Exactly one of `send`, `refuse`, `fail`, `finish` is called, once, from any thread;
/// the
/// answer is made and written on the caller's thread, so threads that must not be held up go through `onLoop`.
public final class Reply<A> {
    private static final Logger LOG = LoggerFactory.getLogger(Reply.class);

    private final ServerCall<?, A> call;
    private final LoopExecutor loop;
    private final Credentials credentials;
    private final SlowCalls.Watch watch;
    private boolean answered;

    Reply(ServerCall<?, A> call, LoopExecutor loop, Credentials credentials, SlowCalls.Watch watch) {
        this.watch = watch;
        this.call = call;
        this.loop = loop;
        this.credentials = credentials;
    }

    /// Who is to be answered.
    public Credentials credentials() {
        return credentials;
    }

    /// The event loop of the call's connection.
    public Executor loop() {
        return loop;
    }

    public void send(A answer) {
        if (call.isCancelled()) {
            return;
        }
        answered = true;
        call.sendHeaders(new Metadata());
        call.sendMessage(answer);
        call.close(Status.OK, new Metadata());
        watch.ended(call, Optional.of(answer));
    }

    public void refuse(EtcdError error) {
        close(error.status());
    }

    /// Ends the call with an error that is none of etcd's.
    public void fail(Status status) {
        close(status);
    }

    private void close(Status status) {
        if (!answered && !call.isCancelled()) {
            answered = true;
            call.close(status, new Metadata());
            watch.ended(call, Optional.empty());
        }
    }

    /// Sends what `answer` makes of a success, or the refusal.
    ///
    /// @param kind the only kind of success there can be
    public <D extends Outcome.Done> void finish(Outcome outcome, Class<D> kind, Function<D, A> answer) {
        attempt(() -> {
            switch (outcome) {
                case Outcome.Refused(var reason) -> refuse(EtcdError.of(reason));
                case Outcome.Done done -> send(answer.apply(kind.cast(done)));
            }
        });
    }

    /// Takes an outcome on the thread that applies commands, and finishes on the event loop.
    public <D extends Outcome.Done> Consumer<Outcome> onLoop(Class<D> kind, Function<D, A> answer) {
        return outcome -> loop.execute(() -> finish(outcome, kind, answer));
    }

    /// Takes the end of a wait for a linearizable read: makes the step that it was for, or sends the refusal.
    Consumer<Optional<Reason>> unlessRefused(Runnable step) {
        return refusal -> attempt(() -> refusal.map(EtcdError::of).ifPresentOrElse(this::refuse, step));
    }

    /// Runs a step of the work for this call; an exception ends the call and is logged.
    public void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("method", call.getMethodDescriptor().getFullMethodName())
                    .setCause(e)
                    .log("call failed");
            close(Status.UNKNOWN.withDescription("etcdserver: internal error"));
        }
    }
}
