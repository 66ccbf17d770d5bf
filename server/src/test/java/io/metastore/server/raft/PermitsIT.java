package io.metastore.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.metastore.server.apply.Applier;
import io.metastore.server.apply.Entry;
import io.metastore.server.apply.Listeners;
import io.metastore.server.apply.Stamp;
import io.metastore.server.apply.State;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.MemberId;
import io.metastore.server.raft.codec.EntryCodec;
import io.metastore.server.raft.log.RatisMember;
import io.metastore.server.raft.log.RatisMember.Launch;
import io.metastore.server.raft.log.RatisMember.Store;
import io.metastore.server.raft.propose.EntrySink.Outgoing;
import io.metastore.server.raft.watchdog.ToldEnding;
import io.metastore.server.request.Put;
import io.metastore.server.storage.MemoryStorage;
import io.metastore.server.upkeep.LeaseKeeper;
import io.metastore.server.upkeep.LeaseSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ratis.protocol.exceptions.ResourceUnavailableException;
import org.apache.ratis.protocol.exceptions.StateMachineException;
import org.apache.ratis.server.RaftServerConfigKeys.Write;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.statemachine.TransactionContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A leader takes a place for each write that it has not answered. Places that are taken and never given back end in
/// a leader that refuses everything.
@Timeout(60)
class PermitsIT {
    private static final int PLACES = 32;
    private static final int REFUSALS = 1200;
    private static final int MAX_ENTRY_BYTES = 4096;
    private static final MemberId SELF = new MemberId(1);

    @TempDir
    Path directory;

    @Test
    void ratisNeverGivesThePlaceOfAWriteBackThatIsRefusedLate() throws IOException {
        try (var member = RatisMember.start(new LateRefusals(), launch())) {
            member.write(1);
            for (int i = 0; i < PLACES; i++) {
                assertThat(member.writeAsync(1000).join().getException()).isInstanceOf(StateMachineException.class);
            }

            assertThat(member.writeAsync(1))
                    .as("a leader with nothing to do")
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .withCauseInstanceOf(ResourceUnavailableException.class);
        }
    }

    @Test
    void ourRefusalsTakeNoPlace() throws IOException {
        try (var own = new Own()) {
            assertThat(own.freePlaces()).isEqualTo(PLACES);
            long term = own.term();

            for (int i = 0; i < REFUSALS; i++) {
                assertThat(own.append(MAX_ENTRY_BYTES))
                        .as("an entry that is too great")
                        .isFalse();
                assertThat(own.member.writeAsync(1).join().getException())
                        .as("what is no entry")
                        .isInstanceOf(StateMachineException.class);
            }

            assertThat(own.freePlaces()).isEqualTo(PLACES);
            assertThat(own.term()).isEqualTo(term);
        }
    }

    private Launch launch() {
        var properties = RatisMember.settings(directory);
        Write.setElementLimit(properties, PLACES);
        return new Launch(directory, properties, new ThreadGroup("raft"));
    }

    /// Refuses great writes at the last moment, which Ratis allows.
    private static final class LateRefusals extends Store {
        LateRefusals() {
            super(TermIndex.INITIAL_VALUE);
        }

        @Override
        public TransactionContext preAppendTransaction(TransactionContext context) throws IOException {
            if (context.getClientRequest().getMessage().size() >= 1000) {
                throw new StateMachineException("refused late", new IOException("too great"), false);
            }
            return context;
        }
    }

    /// A leader with our state machine and our way to the log, which applies nothing while it is told to hold.
    private final class Own implements AutoCloseable {
        private final MemoryStorage storage = MemoryStorage.volatileOnly();
        private final State state = State.open(storage);
        private final LeaseKeeper leases = LeaseKeeper.start(state.leases(), LeaseSettings.DEFAULT);
        private final AtomicBoolean holds = new AtomicBoolean();
        private final AtomicInteger applied = new AtomicInteger();
        private final AtomicInteger sequence = new AtomicInteger();
        private final RatisMember member;
        private final RatisLog log;

        Own() throws IOException {
            var applier = new Applier(storage, state, new Listeners((_, _) -> awaitRelease(), leases));
            var fatal = new Fatal(ToldEnding.unexpected());
            var stateMachine = new ReplicaStateMachine(
                    applier, new Checkpoints(applier, _ -> {}, fatal), new FakeObserver(), fatal, MAX_ENTRY_BYTES);
            member = RatisMember.start(stateMachine, launch());
            log = new RatisLog(member.division());
        }

        long term() {
            return member.division().getInfo().getCurrentTerm();
        }

        /// How many writes are taken while none is answered. All are answered when this returns.
        int freePlaces() {
            int before = applied.get();
            holds.set(true);
            int taken = 0;
            while (taken <= PLACES && append(1)) {
                taken++;
            }
            holds.set(false);
            int expected = before + taken;
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> applied.get() == expected);
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> append(1));
            return taken;
        }

        /// False when the entry is refused; Ratis says so before this returns.
        boolean append(int valueBytes) {
            var stamp = new Stamp(term(), SELF, 1, sequence.incrementAndGet());
            var put = Put.of(Bytes.utf8("key"), Bytes.wrap(new byte[valueBytes]));
            ByteString bytes = EntryCodec.assemble(stamp, List.of(EntryCodec.encode(put)));
            var refused = new AtomicBoolean();
            log.append(List.of(new Outgoing(stamp, bytes, new Entry(stamp, List.of(put)))), refused::set);
            return !refused.get();
        }

        private void awaitRelease() {
            applied.incrementAndGet();
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> !holds.get());
        }

        @Override
        public void close() throws IOException {
            member.close();
            leases.close();
            storage.close();
        }
    }
}
