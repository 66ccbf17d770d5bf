package io.metastore.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.apply.Applier;
import io.metastore.server.apply.Listeners;
import io.metastore.server.apply.Position;
import io.metastore.server.apply.State;
import io.metastore.server.lease.Lease;
import io.metastore.server.lease.LeaseListener;
import io.metastore.server.model.LeaseId;
import io.metastore.server.raft.watchdog.ToldEnding;
import io.metastore.server.storage.MemoryStorage;
import io.metastore.server.storage.Storage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.junit.jupiter.api.Test;

class CheckpointsTest {
    private final Storage storage = MemoryStorage.volatileOnly();
    private final Applier applier =
            new Applier(storage, State.open(storage), new Listeners((_, _) -> {}, new DeafToLeases()));
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final List<String> endings = new ArrayList<>();
    private final Checkpoints checkpoints = checkpoints();

    @Test
    void anEmptyStoreHasNone() {
        assertThat(checkpoints.latest()).isEmpty();
        assertThat(checkpoints.take()).isEqualTo(-1);
    }

    @Test
    void aStoreThatWasJustOpenedIsItsOwnCheckpoint() {
        applier.advance(new Position(3, 7));
        applier.persist();

        assertThat(checkpoints().latest().map(SnapshotInfo::getTermIndex)).contains(TermIndex.valueOf(3, 7));
    }

    /// The applying thread only asks; it hears of the result when it asks again.
    @Test
    void theStoreIsMadeDurableInTheBackgroundAndReportedOnce() {
        applier.advance(new Position(3, 7));

        assertThat(checkpoints.take()).isEqualTo(-1);
        assertThat(checkpoints.latest()).isEmpty();
        background.remove().run();
        assertThat(checkpoints.latest().map(SnapshotInfo::getTermIndex)).contains(TermIndex.valueOf(3, 7));
        assertThat(checkpoints.take()).isEqualTo(7);
        assertThat(background).isEmpty();
        assertThat(checkpoints.take()).isEqualTo(-1);
    }

    @Test
    void oneIsMadeAtATime() {
        checkpoints.take();
        checkpoints.take();

        assertThat(background).hasSize(1);
        background.remove().run();
        checkpoints.take();
        assertThat(background).hasSize(1);
    }

    @Test
    void aStateFromAPeerCountsAtOnceAndAnOlderOneNeverTakesItsPlace() {
        applier.advance(new Position(3, 7));
        checkpoints.take();
        checkpoints.replaced(new Position(4, 100));
        background.remove().run();

        assertThat(checkpoints.latest().map(SnapshotInfo::getTermIndex)).contains(TermIndex.valueOf(4, 100));
        assertThat(checkpoints.take()).isEqualTo(100);
    }

    @Test
    void aStoreThatCannotBeMadeDurableEndsTheProcess() {
        applier.advance(new Position(3, 7));
        checkpoints.take();
        storage.close();
        background.remove().run();

        assertThat(endings).containsExactly("halt: the store cannot be made durable");
        assertThat(checkpoints.latest()).isEmpty();
    }

    private Checkpoints checkpoints() {
        return new Checkpoints(applier, background::add, new Fatal(new ToldEnding(endings::add)));
    }

    private static final class DeafToLeases implements LeaseListener {
        @Override
        public void granted(Lease lease) {}

        @Override
        public void revoked(LeaseId id) {}

        @Override
        public void checkpointed(Lease lease) {}

        @Override
        public void reloaded(List<Lease> all) {}
    }
}
