package io.metastore.server.raft.stream;

import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;

/// The answering end of a stream: answers come one after the other, from any thread, and what comes behind the end is
/// dropped.
public final class Replies<A> {
    private final StreamObserver<A> stream;
    private boolean ended;

    public Replies(StreamObserver<A> stream) {
        this.stream = stream;
    }

    public synchronized void send(A answer) {
        if (!ended) {
            stream.onNext(answer);
        }
    }

    /// Does what must not be done for a stream that has ended; it does not end meanwhile.
    public synchronized void whileOpen(Runnable work) {
        if (!ended) {
            work.run();
        }
    }

    /// Ends the stream with a failure.
    public synchronized void fail(Status status) {
        if (!ended) {
            ended = true;
            stream.onError(status.asRuntimeException());
        }
    }

    /// The other end sends no more. Answered with an end too: the call would stay open otherwise, on both sides.
    public synchronized void complete() {
        if (!ended) {
            ended = true;
            stream.onCompleted();
        }
    }

    /// Nobody is there any more who could be answered.
    public synchronized void abandon() {
        ended = true;
    }
}
