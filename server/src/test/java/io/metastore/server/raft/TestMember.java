package io.metastore.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.apply.Applier;
import io.metastore.server.apply.Listeners;
import io.metastore.server.apply.Scope;
import io.metastore.server.apply.State;
import io.metastore.server.config.RaftConfig;
import io.metastore.server.config.ServerConfig;
import io.metastore.server.consensus.Consensus.Barrier;
import io.metastore.server.consensus.HistoryHash;
import io.metastore.server.metrics.member.MemberMetrics;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyValue;
import io.metastore.server.model.MemberId;
import io.metastore.server.model.Membership;
import io.metastore.server.mvcc.HashResult;
import io.metastore.server.raft.gate.PeerFilter;
import io.metastore.server.raft.watchdog.Ending;
import io.metastore.server.request.Command;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Put;
import io.metastore.server.storage.MemoryStorage;
import io.metastore.server.storage.Storage;
import io.metastore.server.tls.Security;
import io.metastore.server.trace.NoTracing;
import io.metastore.server.upkeep.LeaseKeeper;
import io.metastore.server.upkeep.LeaseSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/// A member in this process: replication as it is in a server, without listeners for clients.
final class TestMember implements AutoCloseable {
    static final int MAX_ENTRY_BYTES = 2 << 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final MemberId id;
    private final boolean witness;
    private final RaftStart.Address listen;
    private final Storage storage;
    private final State state;
    private final LeaseKeeper leases;
    private final MemberMetrics metrics;
    private final Applier applier;
    private final RatisConsensus consensus;
    private final List<Long> revisions = new CopyOnWriteArrayList<>();
    private volatile CompletableFuture<Void> disk = CompletableFuture.completedFuture(null);

    /// What a member meets.
    ///
    /// @param ending is told when the member finds that it can no longer be trusted
    record Outside(PeerFilter filter, Ending ending, Optional<Security.Peers> security) {}

    /// Starts on what is in the directory of `start`.
    ///
    /// @param maxEntryBytes what it takes at most when it leads
    TestMember(RaftStart start, RaftConfig config, int maxEntryBytes, Outside outside) throws IOException {
        id = start.self();
        listen = start.listen();
        metrics = new MemberMetrics(ServerConfig.defaults(start.directory()), id);
        storage = MemoryStorage.open(start.directory().resolveSibling("store"));
        state = State.open(storage);
        witness = start.witness();
        var scope = witness ? Scope.MEMBERSHIP : Scope.EVERYTHING;
        leases = LeaseKeeper.start(state.leases(), LeaseSettings.DEFAULT);
        applier = new Applier(storage, state, new Listeners((revision, _) -> revisions.add(revision), leases), scope);
        var hooks = new RatisConsensus.Environment.Hooks(revisions::clear, () -> {}, this::awaitDisk, () -> {});
        consensus = RatisConsensus.start(
                start,
                config,
                new RatisConsensus.Environment(
                        applier,
                        leases,
                        List.of(),
                        _ -> new HistoryHash.Future(),
                        TIMEOUT,
                        maxEntryBytes,
                        hooks,
                        outside.ending(),
                        outside.filter(),
                        outside.security(),
                        metrics.raft()));
    }

    /// What the cluster is told when it has started.
    Command.PublishMember introduction() {
        return new Command.PublishMember(id, "m" + id, List.of(), witness);
    }

    /// From now on nothing that it writes to its log becomes durable, until it is closed.
    void hangDisk() {
        disk = new CompletableFuture<>();
    }

    private void awaitDisk() {
        disk.join();
    }

    /// Who belongs to the cluster, as far as it was applied here.
    Membership members() {
        return applier.members();
    }

    /// The page of its metrics, as far as they are about replication.
    String metrics() {
        return metrics.telemetry(new NoTracing()).metrics().get();
    }

    boolean isWitness() {
        return witness;
    }

    MemberId id() {
        return id;
    }

    RatisConsensus consensus() {
        return consensus;
    }

    /// The revisions it has applied since it started or got a peer's state, in the order in which it did.
    List<Long> revisions() {
        return revisions;
    }

    CompletableFuture<Outcome> put(String key, String value) {
        return propose(Put.of(Bytes.utf8(key), Bytes.utf8(value)));
    }

    /// The revision of a write that must succeed.
    long write(String key, String value) {
        var outcome = put(key, value).join();
        assertThat(outcome).isInstanceOf(Outcome.PutDone.class);
        return ((Outcome.PutDone) outcome).revision();
    }

    CompletableFuture<Outcome> propose(Command command) {
        var outcome = new CompletableFuture<Outcome>();
        consensus.propose(command, reply -> {
            if (!outcome.complete(reply)) {
                throw new IllegalStateException("answered twice: " + command);
            }
        });
        return outcome;
    }

    CompletableFuture<Barrier> barrier() {
        var barrier = new CompletableFuture<Barrier>();
        consensus.awaitReadable(barrier::complete);
        return barrier;
    }

    /// What it has now, which may be old.
    Optional<KeyValue> peek(String key) {
        try (var view = state.store().view()) {
            return view.get(Bytes.utf8(key));
        }
    }

    /// A linearizable read; empty when it is refused.
    Optional<KeyValue> read(String key) {
        return switch (barrier().join()) {
            case Barrier.Passed _ -> peek(key);
            case Barrier.Refused _ -> Optional.empty();
        };
    }

    /// All changes it has applied, from the first one on.
    List<Evidence.Change> history() {
        var history = new ArrayList<Evidence.Change>();
        try (var view = state.store().view();
                var changes = view.events(1)) {
            while (changes.next()) {
                var row = changes.event().keyValue();
                history.add(new Evidence.Change(
                        changes.revision().main(), row.key().utf8(), row.value().utf8()));
            }
        }
        return history;
    }

    long revision() {
        return state.store().revision();
    }

    HashResult hash() {
        return state.store().hashKv(0);
    }

    long applied() {
        return applier.applied().index();
    }

    /// Stops at once, without handing leadership over.
    @Override
    public void close() {
        disk.complete(null);
        try {
            consensus.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            leases.close();
            storage.close();
        }
        awaitFree(listen);
    }

    /// Its connections may end a little later than the rest of it.
    private static void awaitFree(RaftStart.Address address) {
        Awaitility.await().pollInterval(Duration.ofMillis(5)).atMost(TIMEOUT).until(() -> {
            try (var socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(address.host(), address.port()));
                return true;
            } catch (BindException _) {
                return false;
            }
        });
    }
}
