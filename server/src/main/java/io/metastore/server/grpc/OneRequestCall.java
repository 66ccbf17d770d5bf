package io.metastore.server.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One call that lives long and has one request. The request is looked at when the client has said that no other
/// follows; answers are made when the connection takes them, so none are stored up for a client that is slow.
abstract class OneRequestCall<Q, A> extends StreamCall<Q, A> {
    private static final Logger LOG = LoggerFactory.getLogger(OneRequestCall.class);

    private final String method;
    private final Semaphore changed = new Semaphore(0);
    private @Nullable Q request;

    OneRequestCall(ServerCall<Q, A> call, Metadata metadata, OpenStreams open) {
        super(call, metadata, open);
        this.method = call.getMethodDescriptor().getFullMethodName();
    }

    /// Work on a thread that may block.
    @FunctionalInterface
    interface Work {
        /// Does it, and ends the call when it is done.
        ///
        /// @throws StatusException to end the call with that status
        /// @throws InterruptedException when the call was ended meanwhile
        void run() throws StatusException, InterruptedException;
    }

    /// The request is there. It is called on the event loop of the connection, and must not block.
    abstract void serve(Q request);

    @Override
    public final void onMessage(Q message) {
        request = message;
    }

    @Override
    public final void onHalfClose() {
        var message = request;
        if (message == null) {
            end(Status.INTERNAL.withDescription("Half-closed without a request"));
            return;
        }
        var followed = TracedCall.current();
        if (followed.isPresent()) {
            followed.get().within(() -> serve(message));
        } else {
            serve(message);
        }
    }

    /// Runs `work` on this thread, unless the call has ended, and ends the call if it fails.
    final void attempt(Work work) {
        try {
            if (!hasEnded()) {
                work.run();
            }
        } catch (StatusException e) {
            end(e.getStatus());
        } catch (InterruptedException e) {
            end(Status.CANCELLED.withDescription("context canceled"));
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).addKeyValue("method", method).log("call failed");
            end(Status.UNKNOWN.withDescription("etcdserver: internal error"));
        }
    }

    /// Waits until the connection takes more; false when the call has ended.
    final boolean awaitReady() throws InterruptedException {
        while (!hasEnded() && !takesMore()) {
            changed.acquire();
            changed.drainPermits();
        }
        return !hasEnded();
    }

    /// Waits until the connection may take more, or the call may have ended, but no longer than this.
    final void awaitChange(long millis) throws InterruptedException {
        var _ = changed.tryAcquire(millis, TimeUnit.MILLISECONDS);
        changed.drainPermits();
    }

    @Override
    public final void onReady() {
        changed.release();
    }

    @Override
    void released() {
        changed.release();
    }
}
