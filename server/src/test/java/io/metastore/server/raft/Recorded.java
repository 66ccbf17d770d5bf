package io.metastore.server.raft;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;

/// What comes at one end of a stream. As in gRPC, nothing may come after the end.
public final class Recorded<T> implements StreamObserver<T> {
    private final List<T> messages = new CopyOnWriteArrayList<>();
    private volatile Optional<Throwable> failure = Optional.empty();
    private volatile boolean completed;

    public List<T> messages() {
        return messages;
    }

    public Optional<Throwable> failure() {
        return failure;
    }

    public boolean isCompleted() {
        return completed;
    }

    @Override
    public void onNext(T message) {
        requireOpen();
        messages.add(message);
    }

    @Override
    public void onError(Throwable cause) {
        requireOpen();
        failure = Optional.of(cause);
    }

    @Override
    public void onCompleted() {
        requireOpen();
        completed = true;
    }

    private void requireOpen() {
        if (completed || failure.isPresent()) {
            throw new IllegalStateException("the stream has ended");
        }
    }
}
