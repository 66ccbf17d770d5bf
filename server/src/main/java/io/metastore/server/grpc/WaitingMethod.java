package io.metastore.server.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.grpc.StatusException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A method with one request whose work may wait for long: for a lock, for a leader. Each call has a virtual thread,
/// which is interrupted when the call is given up or this member stops. There is a limit to how many wait.
final class WaitingMethod<Q, A> implements ServerCallHandler<Q, A> {
    private static final Logger LOG = LoggerFactory.getLogger(WaitingMethod.class);

    private final Site site;
    private final Handler<Q, A> handler;

    /// What all methods of this kind share.
    ///
    /// @param free one permit for each call that may wait
    record Site(Admission admission, OpenStreams streams, BlockingCalls threads, Semaphore free) {
        /// Each costs a few kilobytes.
        private static final int MOST_WAITING = 10_000;

        static Site of(Admission admission, OpenStreams streams, BlockingCalls threads) {
            return new Site(admission, streams, threads, new Semaphore(MOST_WAITING));
        }
    }

    /// Serves one call on a thread that may wait.
    @FunctionalInterface
    interface Handler<Q, A> {
        /// Answers as often as the method's type says, and returns when the call is over.
        ///
        /// @param caller the metadata of the call
        /// @throws StatusException to end the call with that status
        /// @throws InterruptedException when the call was ended meanwhile
        void serve(Q request, Metadata caller, Answers<A> answers) throws StatusException, InterruptedException;
    }

    /// Takes the answers of one call.
    interface Answers<A> {
        /// Sends an answer once the connection takes it.
        ///
        /// @return false when the call has ended
        boolean answer(A answer) throws InterruptedException;
    }

    WaitingMethod(Site site, Handler<Q, A> handler) {
        this.site = site;
        this.handler = handler;
    }

    @Override
    public ServerCall.Listener<Q> startCall(ServerCall<Q, A> call, Metadata metadata) {
        var refusal = site.admission().refuses(metadata, false);
        if (refusal.isPresent()) {
            return StreamCall.refused(call, refusal.get());
        }
        if (!site.free().tryAcquire()) {
            return StreamCall.refused(call, EtcdError.TOO_MANY_REQUESTS);
        }
        return new Waiting(call, metadata).begin(site.admission());
    }

    private final class Waiting extends StreamCall<Q, A> implements Answers<A> {
        private final Metadata caller;
        private final boolean streams;
        private final Semaphore changed = new Semaphore(0);
        private @Nullable Q request;
        private volatile @Nullable Thread worker;

        Waiting(ServerCall<Q, A> call, Metadata metadata) {
            super(call, metadata, site.streams());
            this.caller = metadata;
            this.streams = !call.getMethodDescriptor().getType().serverSendsOneMessage();
        }

        /// A call with one answer waits for a leader, as all such calls do.
        @Override
        public boolean requiresLeader() {
            return streams && super.requiresLeader();
        }

        @Override
        public void onMessage(Q message) {
            request = message;
        }

        @Override
        public void onHalfClose() {
            var message = request;
            if (message == null) {
                end(Status.INTERNAL.withDescription("Half-closed without a request"));
            } else {
                site.threads().start(() -> run(message));
            }
        }

        private void run(Q message) {
            worker = Thread.currentThread();
            try {
                if (!hasEnded()) {
                    handler.serve(message, caller, this);
                    end(Status.OK);
                }
            } catch (StatusException e) {
                end(e.getStatus());
            } catch (InterruptedException e) {
                end(Status.CANCELLED.withDescription("context canceled"));
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("call failed");
                end(Status.UNKNOWN.withDescription("etcdserver: internal error"));
            }
        }

        @Override
        public boolean answer(A answer) throws InterruptedException {
            while (!hasEnded() && !takesMore()) {
                changed.acquire();
                changed.drainPermits();
            }
            send(answer);
            return !hasEnded();
        }

        @Override
        public void onReady() {
            changed.release();
        }

        @Override
        void released() {
            site.free().release();
            var thread = worker;
            if (thread != null && !thread.equals(Thread.currentThread())) {
                thread.interrupt();
            }
        }
    }
}
