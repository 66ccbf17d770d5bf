package io.metastore.server.raft;

import io.metastore.server.apply.EntryResult;
import io.metastore.server.apply.Position;
import io.metastore.server.apply.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Remembers how far a state machine says that it is.
final class FakeObserver implements ReplicaStateMachine.Observer {
    private final List<Position> advanced = new ArrayList<>();

    List<Position> advanced() {
        return advanced;
    }

    @Override
    public void applying(Stamp stamp) {}

    @Override
    public void applied(Stamp stamp, EntryResult result) {}

    @Override
    public void advanced(Position position) {
        advanced.add(position);
    }

    @Override
    public void leadershipChanged() {}

    @Override
    public void leadsNoMore() {}

    @Override
    public void flushing() {}

    @Override
    public void truncated(long index) {}

    @Override
    public CompletableFuture<Position> needsState(long firstIndex) {
        return CompletableFuture.failedFuture(new IllegalStateException("no peer in this test"));
    }

    @Override
    public void broken(String why, @Nullable Throwable cause) {
        throw new AssertionError(why, cause);
    }
}
