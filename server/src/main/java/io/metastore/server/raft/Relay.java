package io.metastore.server.raft;

import io.metastore.server.apply.EntryResult;
import io.metastore.server.apply.Position;
import io.metastore.server.apply.Stamp;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Passes on what the state machine reports. The state machine must be there before Ratis, and those who listen
/// after it, so they are told to this relay in between, before Ratis starts.
final class Relay implements ReplicaStateMachine.Observer {
    private final CompletableFuture<ReplicaStateMachine.Observer> observer = new CompletableFuture<>();

    void connect(ReplicaStateMachine.Observer to) {
        observer.complete(to);
    }

    private ReplicaStateMachine.Observer to() {
        return observer.join();
    }

    @Override
    public void applied(Stamp stamp, EntryResult result) {
        to().applied(stamp, result);
    }

    @Override
    public void applying(Stamp stamp) {
        to().applying(stamp);
    }

    @Override
    public void advanced(Position position) {
        to().advanced(position);
    }

    @Override
    public void leadershipChanged() {
        to().leadershipChanged();
    }

    @Override
    public void leadsNoMore() {
        to().leadsNoMore();
    }

    @Override
    public CompletableFuture<Position> needsState(long firstIndex) {
        return to().needsState(firstIndex);
    }

    @Override
    public void truncated(long index) {
        to().truncated(index);
    }

    @Override
    public void flushing() {
        to().flushing();
    }

    @Override
    public void broken(String why, @Nullable Throwable cause) {
        to().broken(why, cause);
    }
}
