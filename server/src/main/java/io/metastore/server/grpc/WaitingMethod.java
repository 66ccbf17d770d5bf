package io.metastore.server.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.grpc.StatusException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// A method with one request whose work may wait for long: for a lock, for a leader. Each call has a virtual thread,
/// which is interrupted when the call is given up or this member stops. There is a limit to how many wait.
final class WaitingMethod<Q, A> implements ServerCallHandler<Q, A> {
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

    private final class Waiting extends OneRequestCall<Q, A> implements Answers<A> {
        private final Metadata caller;
        private final boolean streams;
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
        void serve(Q request) {
            site.threads().start(() -> {
                worker = Thread.currentThread();
                attempt(() -> {
                    handler.serve(request, caller, this);
                    end(Status.OK);
                });
            });
        }

        @Override
        public boolean answer(A answer) throws InterruptedException {
            var _ = awaitReady();
            send(answer);
            return !hasEnded();
        }

        @Override
        void released() {
            super.released();
            site.free().release();
            var thread = worker;
            if (thread != null && !thread.equals(Thread.currentThread())) {
                thread.interrupt();
            }
        }
    }
}
