package io.metastore.server.raft;

import io.metastore.server.apply.Applier;
import io.metastore.server.config.RaftConfig;
import io.metastore.server.consensus.ClusterState;
import io.metastore.server.consensus.Consensus;
import io.metastore.server.consensus.Contacts;
import io.metastore.server.consensus.HistoryHash;
import io.metastore.server.consensus.LeaderDuty;
import io.metastore.server.consensus.LeaseAnswer;
import io.metastore.server.consensus.LeaseClock;
import io.metastore.server.consensus.MemberReport;
import io.metastore.server.consensus.Vitals;
import io.metastore.server.model.LeaseId;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.raft.gate.Gate;
import io.metastore.server.raft.gate.PeerFilter;
import io.metastore.server.raft.log.CacheEviction;
import io.metastore.server.raft.metric.LogBytes;
import io.metastore.server.raft.metric.LogTimers;
import io.metastore.server.raft.metric.RaftMeter;
import io.metastore.server.raft.peer.PeerClients;
import io.metastore.server.raft.peer.PeerLoops;
import io.metastore.server.raft.peer.PeerPages;
import io.metastore.server.raft.peer.PeerServices;
import io.metastore.server.raft.peer.PeerTls;
import io.metastore.server.raft.peer.Traffic;
import io.metastore.server.raft.slow.SlowDisk;
import io.metastore.server.raft.slow.SlowPeers;
import io.metastore.server.raft.watchdog.DeadThreads;
import io.metastore.server.raft.watchdog.Ending;
import io.metastore.server.request.Command;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Reason;
import io.metastore.server.tls.Security;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Agreement by Apache Ratis.
public final class RatisConsensus implements Consensus, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RatisConsensus.class);
    private static final Duration LEAVE = Duration.ofMillis(300);

    private final RaftStart start;
    private final RaftServer server;
    private final RaftServer.Division division;
    private final DeadThreads threads;
    private final PeerServices services;
    private final LogBytes log;
    private final Replication replication;

    /// What replication needs of the rest of this member.
    ///
    /// @param duties what only the leader does; the clock of the leases is one of them and need not be listed
    /// @param history what peers are told of the history up to a revision; it may block
    /// @param timeout how long a request waits for its outcome
    /// @param maxEntryBytes the greatest entry: the greatest request, with room for what surrounds it
    /// @param security how members connect; in plain text without
    public record Environment(
            Applier applier,
            LeaseClock leases,
            List<LeaderDuty> duties,
            LongFunction<HistoryHash> history,
            Duration timeout,
            int maxEntryBytes,
            Hooks hooks,
            Ending ending,
            PeerFilter filter,
            Optional<Security.Peers> security,
            RaftMeter meter) {

        /// What the rest of this member does when something happens here.
        ///
        /// @param installed runs after this member's state was replaced by a peer's, while nothing is
        ///     applied
        /// @param formatted runs once the log's files exist, before anything is voted or appended
        /// @param flushing runs on the log's thread before each flush: the place where tests make the
        ///     disk slow
        /// @param removed runs once, before the process ends, when this member was removed from the
        ///     cluster for good
        public record Hooks(Runnable installed, Runnable formatted, Runnable flushing, Runnable removed) {}
    }

    private record Running(
            RaftServer server,
            RaftServer.Division division,
            DeadThreads threads,
            PeerServices services,
            LogBytes log) {}

    private RatisConsensus(RaftStart start, Running running, Replication replication) {
        this.start = start;
        this.server = running.server();
        this.division = running.division();
        this.threads = running.threads();
        this.services = running.services();
        this.log = running.log();
        this.replication = replication;
    }

    /// Opens the log and joins the cluster. What was committed before is applied in the background; nobody leads yet.
    ///
    /// @throws IOException when the log's files cannot be opened, or the port not be bound
    public static RatisConsensus start(RaftStart start, RaftConfig config, Environment environment) throws IOException {
        var fatal = new Fatal(environment.ending());
        var properties = RatisSettings.of(start, config, environment.maxEntryBytes());
        var watermark = LogGuard.check(start, properties, environment.applier().applied());
        var threads = new DeadThreads(environment.ending()::halt);
        var traffic = new Traffic(start.self().toString(), environment.meter());
        var loops = new PeerLoops(traffic);
        var outgoing = environment.security().map(both -> PeerTls.client(both.outgoing()));
        var peers = new PeerClients(start.clusterId(), config.electionTimeout(), loops, outgoing);
        var gate = new Gate(environment.filter(), peers, cause -> fatal.halt("the Raft log's disk failed", cause));
        var services = new PeerServices(
                start.clusterId(), start.self(), loops, environment.security().map(Security.Peers::incoming));
        var tasks = new BackgroundTasks();
        var disk = SlowDisk.of(environment.meter());
        var checkpoints = new Checkpoints(environment.applier(), tasks.disk(), fatal, disk);
        var relay = new Relay();
        var stateMachine =
                new ReplicaStateMachine(environment.applier(), checkpoints, relay, fatal, environment.maxEntryBytes());
        var server = RaftNode.build(
                start,
                properties,
                new RaftNode.Connections(
                        stateMachine,
                        gate,
                        services,
                        threads.group("ratis"),
                        environment.security().map(Security.Peers::outgoing)));
        var division = server.getDivision(RaftNode.groupId(start));
        var replication = new Replication(
                new Replication.Own(start, config, environment),
                new Replication.Ratis(server, division, gate, peers, services, traffic, watermark),
                stateMachine,
                checkpoints,
                tasks);
        relay.connect(replication);
        environment.hooks().formatted().run();
        server.start();
        var log = LogTimers.tell(division.getMemberId(), environment.meter(), disk::flushed);
        replication.begin();
        return new RatisConsensus(start, new Running(server, division, threads, services, log), replication);
    }

    /// From now on plain HTTP on the peers' port is answered with these pages.
    public void show(PeerPages pages) {
        services.show(pages);
    }

    @Override
    public void propose(Command command, Consumer<Outcome> reply) {
        replication.proposals().propose(command, reply);
    }

    @Override
    public void awaitReadable(Consumer<Barrier> reply) {
        replication.barriers().await(reply);
    }

    @Override
    public void renewLease(LeaseId lease, Consumer<LeaseAnswer> reply) {
        replication.leaderCalls().renew(lease, reply);
    }

    @Override
    public void leaseTimeToLive(LeaseId lease, Consumer<LeaseAnswer> reply) {
        replication.leaderCalls().timeToLive(lease, reply);
    }

    @Override
    public void historyOf(MemberId member, long revision, Consumer<HistoryHash> reply) {
        replication.historyOf(member, revision, reply);
    }

    @Override
    public ClusterState state() {
        var info = division.getInfo();
        return new ClusterState(
                start.clusterId(),
                start.self(),
                memberId(Optional.ofNullable(info.getLeaderId())),
                info.getCurrentTerm(),
                Math.max(0, division.getRaftLog().getLastCommittedIndex()),
                Math.max(0, replication.applied()));
    }

    @Override
    public boolean isLearner() {
        return replication.members().isLearner();
    }

    @Override
    public List<Member> members() {
        return replication.members().members();
    }

    @Override
    public void contacts(Consumer<Contacts> reply) {
        replication.members().contacts(reply);
    }

    @Override
    public void awaitSeat(MemberId member, Seat seat, Consumer<Optional<Reason>> reply) {
        replication.members().awaitSeat(member, seat, reply);
    }

    @Override
    public void transferLeadership(MemberId heir, Consumer<Optional<Reason>> reply) {
        replication.members().transferLeadership(heir, reply);
    }

    @Override
    public void moveLeadership(Optional<MemberId> heir, Duration patience, Consumer<Optional<Reason>> reply) {
        replication.members().moveLeadership(heir, patience, reply);
    }

    @Override
    public void report(MemberId member, Duration patience, Consumer<Optional<MemberReport>> reply) {
        replication.members().report(member, patience, reply);
    }

    /// From now on this member's reports hold these, which may be read from the disk.
    public void tell(Supplier<Vitals> vitals) {
        replication.members().reports().tell(vitals);
    }

    /// Whether a peer's state is on its way here, to take the place of this member's.
    public boolean isInstalling() {
        return replication.isInstalling();
    }

    /// How far each other member is behind, in entries, while this one leads; by their ids.
    public Map<String, Long> peerLags() {
        return replication.probe().lags();
    }

    /// Which other members have been in trouble for long.
    public List<SlowPeers.Key> peerTroubles() {
        return replication.probe().troubles();
    }

    /// What a witness keeps for members that lack it.
    public Optional<RetainedLog.Size> retainedLog() {
        return replication.retainedLog();
    }

    /// How many bytes were written to the log since this member started.
    public long logBytes() {
        return log.written();
    }

    /// How often each kind of watchdog acted.
    public Map<String, Long> watchdogFirings() {
        return replication.watchdogFirings();
    }

    /// Hands leadership over if this member has it and there is somebody to take it; blocks for at most `patience`.
    public void handOver(Duration patience) {
        new HandOver(server, division).run(patience);
    }

    /// Stops taking part. Requests under way are refused. The store is complete up to what was applied.
    @Override
    public void close() throws IOException {
        replication.end();
        threads.disarm();
        closeLog();
        leave();
        replication.close();
    }

    private void closeLog() {
        try {
            CacheEviction.end(division);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        division.close();
    }

    /// Ends the connections. Ratis stops to listen at once, but then waits: two seconds until Netty's threads have
    /// been idle, and three more for each stream to a peer that it forgot. The log is closed, so nobody needs that.
    private void leave() {
        var leaving = Thread.ofPlatform().name("metastore-leave").daemon().start(() -> {
            try {
                server.close();
            } catch (IOException e) {
                LOG.atWarn().setCause(e).log("the connections to the peers did not end");
            }
        });
        try {
            leaving.join(LEAVE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static MemberId memberId(Optional<RaftPeerId> peer) {
        return peer.map(id -> MemberId.parse(id.toString())).orElse(MemberId.NONE);
    }
}
