package io.metastore.server;

import io.metastore.server.apply.Applier;
import io.metastore.server.apply.Listeners;
import io.metastore.server.apply.State;
import io.metastore.server.config.ServerConfig;
import io.metastore.server.config.StorageEngine;
import io.metastore.server.datadir.DataDirectory;
import io.metastore.server.datadir.Surroundings;
import io.metastore.server.dns.PatientLookup;
import io.metastore.server.grpc.GrpcListener;
import io.metastore.server.grpc.GrpcSettings;
import io.metastore.server.grpc.MonitoringListener;
import io.metastore.server.grpc.Telemetry;
import io.metastore.server.metrics.member.MemberMetrics;
import io.metastore.server.model.LeaseId;
import io.metastore.server.model.Member;
import io.metastore.server.mysql.MysqlListener;
import io.metastore.server.node.Background;
import io.metastore.server.node.Node;
import io.metastore.server.node.NodeParts;
import io.metastore.server.node.StateFile;
import io.metastore.server.raft.ClusterLookup;
import io.metastore.server.raft.RatisConsensus;
import io.metastore.server.raft.gate.PeerFilter;
import io.metastore.server.raft.watchdog.Ending;
import io.metastore.server.rest.RestListener;
import io.metastore.server.snapshot.MemberRecord;
import io.metastore.server.snapshot.StateImage;
import io.metastore.server.storage.Storage;
import io.metastore.server.tls.Security;
import io.metastore.server.upkeep.AutoCompaction;
import io.metastore.server.upkeep.CompactionWorker;
import io.metastore.server.upkeep.LeaseKeeper;
import io.metastore.server.upkeep.LeaseSettings;
import io.metastore.server.upkeep.VersionMonitor;
import io.metastore.server.watch.WatchHub;
import io.metastore.server.watch.WatchSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One running member. It builds every part by hand, in the order in which a request's effect flows back, and
/// closes them in reverse.
public final class Server implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final Duration HAND_OVER = Duration.ofMillis(1500);

    private final ServerConfig config;
    private final Closing closing;
    private final Applier applier;
    private final RatisConsensus consensus;
    private final Node node;
    private final Runnable ready;

    private Server(ServerConfig config, Path nativeLibraries, Ending ending, Closing closing) throws IOException {
        this.config = config;
        this.closing = closing;
        var restoration = Restoration.find(config);
        var security = Security.open(config, Clock.systemUTC());
        var directory = closing.later(claim(config, restoration, security));
        var reporting = Reporting.open(config, directory.memberId(), closing);
        var metrics = reporting.metrics();
        var storage = closing.later(Engines.open(config.storage().engine(), directory.store(), nativeLibraries));
        restoration.into(directory, storage);
        Restoration.tidy(config, directory, storage);
        var state = State.open(storage, config.compaction().batchLimit());
        var watches = closing.later(new WatchHub(
                state.store(), WatchSettings.standard(config.watch().progressInterval()), metrics.watches()));
        var leases = closing.later(LeaseKeeper.start(state.leases(), LeaseSettings.DEFAULT));
        var identities = Identities.open(config.auth(), closing);
        applier = new Applier(
                storage,
                state,
                new Listeners(watches, leases, identities.listener(state.auth()), metrics.applied()),
                Translation.scope(config.storage()));
        var compactions = closing.later(
                CompactionWorker.start(state.store(), Translation.pace(config.compaction()), metrics.compactions()));
        var history = new StoredHistory(state.store());
        var autoCompaction =
                closing.later(AutoCompaction.start(Translation.policy(config.compaction()), state.store()::revision));
        var origin = new OriginAgreement(storage);
        consensus = closing.later(RatisConsensus.start(
                Translation.raftStart(config, directory),
                config.raft(),
                new RatisConsensus.Environment(
                        applier,
                        metrics.counting(leases),
                        List.of(autoCompaction, origin),
                        history::upTo,
                        Translation.requestTimeout(config.raft()),
                        Translation.maxEntryBytes(config.limits()),
                        new RatisConsensus.Environment.Hooks(
                                watches::reloaded, () -> started(directory, restoration), () -> {}, directory::removed),
                        ending,
                        PeerFilter.OPEN,
                        security.peers(),
                        metrics.raft())));
        identities.keep(consensus, closing);
        var parts = new NodeParts(
                consensus,
                readable(state),
                watches,
                new BackgroundWork(compactions, metrics, storage, leases),
                identities.parts());
        node = reporting.node(parts, Translation.limits(config));
        reporting.show(node, parts, consensus, storage);
        watchOver(state, history, directory.raft());
        origin.awaitAgreement();
        ready = listen(security, reporting.telemetry());
    }

    /// @return to be run when this member is ready
    private Runnable listen(Security security, Telemetry telemetry) {
        var settings = GrpcSettings.of(config, security.clients());
        if (config.storage().isWitness()) {
            closing.later(MonitoringListener.start(settings, node, telemetry));
            return () -> {};
        }
        var clients = closing.later(GrpcListener.start(settings, node, telemetry));
        var rest = RestPort.start(config, node, security).map(closing::later);
        var mysql = MysqlSite.start(config, node, security).map(closing::later);
        return () -> {
            clients.ready();
            rest.ifPresent(RestListener::ready);
            mysql.ifPresent(MysqlListener::ready);
        };
    }

    private static NodeParts.State readable(State state) {
        return new NodeParts.State(
                state.store(), state.leases(), state.alarms(), state.members(), state.auth(), state.versions());
    }

    private void watchOver(State state, StoredHistory history, Path log) throws IOException {
        consensus.show(new PeerSite(node));
        consensus.tell(new OwnVitals(config, node, log));
        closing.later(VersionMonitor.start(consensus, state.versions()::version));
        Corruption.watch(consensus, history, config, closing);
    }

    private static void started(DataDirectory directory, Restoration restoration) {
        directory.bootstrapped();
        restoration.done();
    }

    /// Starts a member; it votes at once, and serves clients once it is ready, see `awaitReady`.
    ///
    /// @param nativeLibraries a directory in which native libraries are unpacked, or where they are already
    /// @param ending ends the process when this member can no longer be trusted
    /// @throws RuntimeException when it cannot start; everything that was started is closed again
    public static Server start(ServerConfig config, Path nativeLibraries, Ending ending) throws IOException {
        var closing = new Closing();
        try {
            return new Server(Discovered.settled(config), nativeLibraries, ending, closing);
        } catch (IOException | RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    private static DataDirectory claim(ServerConfig config, Restoration restoration, Security security)
            throws IOException {
        try (var lookup = new ClusterLookup(security.peers())) {
            return restoration.claim(
                    config, new Surroundings(Translation.existingCluster(lookup), PatientLookup.ofSystem()));
        }
    }

    /// Blocks until this member has told the cluster its name and client URLs, so a leader exists, entries commit, and
    /// this member has applied all that was committed before it was started. Then clients are served.
    ///
    /// @throws InterruptedException when the thread is interrupted, for example because the member is stopped
    public void awaitReady() throws InterruptedException {
        new Introduction(
                        node,
                        config.member().name(),
                        Translation.clientUrls(config),
                        config.storage().isWitness())
                .await();
        ready.run();
        LOG.atInfo()
                .addKeyValue("member", node.state().self())
                .addKeyValue("name", config.member().name())
                .log(config.storage().isWitness() ? "ready to vote" : "ready to serve client requests");
    }

    /// Hands leadership over, lets requests under way end, and stops; within 5 seconds.
    @Override
    public void close() {
        LOG.atInfo().addKeyValue("member", node.state().self()).log("stopping");
        consensus.handOver(HAND_OVER);
        if (config.storage().engine() == StorageEngine.ROCKSDB) {
            // Quick, and the next start need not apply the end of the log again.
            applier.persist();
        }
        closing.close();
    }

    /// What goes on in the background, as requests ask about it.
    private record BackgroundWork(
            CompactionWorker compactions, MemberMetrics metrics, Storage storage, LeaseKeeper keeper)
            implements Background {
        @Override
        public void whenCompacted(long revision, Runnable done) {
            compactions.whenFinished(revision, () -> {
                // Or a crash would take the compaction back, and the hashes would be those from before it.
                storage.persist();
                done.run();
            });
        }

        @Override
        public StateFile stateFile(List<Member> members) {
            return metrics.timed(() -> new OpenStateFile(StateImage.of(
                    storage, members.stream().map(MemberRecord::of).toList())));
        }

        @Override
        public void reclaim() {
            metrics.defragmenting(storage::reclaim);
        }

        @Override
        public void leases(Executor where, Consumer<List<LeaseId>> reply) {
            keeper.leases(where, reply);
        }
    }

    /// A state on its way to a client.
    private record OpenStateFile(StateImage image) implements StateFile {
        @Override
        public long bytes() {
            return image.bytes();
        }

        @Override
        public int read(byte[] target) {
            return image.read(target);
        }

        @Override
        public void close() {
            image.close();
        }
    }
}
