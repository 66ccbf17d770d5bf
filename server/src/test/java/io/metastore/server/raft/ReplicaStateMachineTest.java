package io.metastore.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.apply.Applier;
import io.metastore.server.apply.Listeners;
import io.metastore.server.apply.Position;
import io.metastore.server.apply.State;
import io.metastore.server.raft.watchdog.ToldEnding;
import io.metastore.server.storage.MemoryStorage;
import io.metastore.server.storage.Storage;
import io.metastore.server.upkeep.LeaseKeeper;
import io.metastore.server.upkeep.LeaseSettings;
import java.util.ArrayList;
import java.util.List;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerProto;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplicaStateMachineTest {
    private static final RaftConfigurationProto MEMBERS = RaftConfigurationProto.newBuilder()
            .addPeers(RaftPeerProto.newBuilder().setId(ByteString.copyFromUtf8("1")))
            .build();

    private final Storage storage = MemoryStorage.volatileOnly();
    private final State state = State.open(storage);
    private final LeaseKeeper leases = LeaseKeeper.start(state.leases(), LeaseSettings.DEFAULT);
    private final Applier applier = new Applier(storage, state, new Listeners((_, _) -> {}, leases));
    private final List<String> endings = new ArrayList<>();
    private final Fatal fatal = new Fatal(new ToldEnding(endings::add));
    private final FakeObserver observer = new FakeObserver();
    private final ReplicaStateMachine stateMachine =
            new ReplicaStateMachine(applier, new Checkpoints(applier, _ -> {}, fatal), observer, fatal, 1 << 20);

    @AfterEach
    void close() {
        leases.close();
        storage.close();
    }

    @Test
    void aConfigurationIsAppliedWhenItsEntryIs() {
        stateMachine.notifyConfigurationChanged(1, 7, MEMBERS);
        assertThat(observer.advanced()).isEmpty();
        stateMachine.notifyTermIndexUpdated(1, 7);

        assertThat(observer.advanced()).containsExactly(new Position(1, 7));
        assertThat(applier.persist()).isEqualTo(new Position(1, 7));
    }

    /// Ratis tells it while this member waits for a peer's state. Taken for an applied entry, all entries before it
    /// would be passed over.
    @Test
    void aConfigurationFarAheadDoesNotMoveWhatIsApplied() {
        stateMachine.notifyTermIndexUpdated(1, 0);
        stateMachine.notifyConfigurationChanged(3, 5000, MEMBERS);
        stateMachine.notifyTermIndexUpdated(1, 1);

        assertThat(observer.advanced()).containsExactly(new Position(1, 0), new Position(1, 1));
        assertThat(applier.persist()).isEqualTo(new Position(1, 1));
    }

    @Test
    void aConfigurationThatIsInTheStateAlreadyDoesNoHarm() {
        stateMachine.notifyTermIndexUpdated(2, 1400);
        stateMachine.notifyConfigurationChanged(1, 0, MEMBERS);
        stateMachine.notifyTermIndexUpdated(2, 1401);

        assertThat(endings).isEmpty();
        assertThat(applier.persist()).isEqualTo(new Position(2, 1401));
    }
}
