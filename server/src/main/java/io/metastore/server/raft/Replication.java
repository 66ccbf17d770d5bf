package io.metastore.server.raft;

import io.metastore.server.apply.EntryResult;
import io.metastore.server.apply.Position;
import io.metastore.server.apply.Stamp;
import io.metastore.server.config.RaftConfig;
import io.metastore.server.consensus.HistoryHash;
import io.metastore.server.consensus.LeaderDuty;
import io.metastore.server.model.MemberId;
import io.metastore.server.raft.election.ElectionClock;
import io.metastore.server.raft.gate.Gate;
import io.metastore.server.raft.log.FlushWatermark;
import io.metastore.server.raft.member.AddressBook;
import io.metastore.server.raft.member.Outsiders;
import io.metastore.server.raft.peer.PeerClients;
import io.metastore.server.raft.peer.PeerServices;
import io.metastore.server.raft.peer.Traffic;
import io.metastore.server.raft.propose.Acceptor;
import io.metastore.server.raft.propose.ForwardServer;
import io.metastore.server.raft.propose.Forwarder;
import io.metastore.server.raft.propose.GroupingLog;
import io.metastore.server.raft.propose.ProposalLimits;
import io.metastore.server.raft.propose.Proposals;
import io.metastore.server.raft.read.AppliedIndex;
import io.metastore.server.raft.read.CommittedLeases;
import io.metastore.server.raft.read.LeaderRounds;
import io.metastore.server.raft.read.ReadBarriers;
import io.metastore.server.raft.slow.SlowPeers;
import io.metastore.server.raft.watchdog.RatisVitals;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.ratis.server.RaftServer;
import org.jspecify.annotations.Nullable;

/// Everything around Ratis of one member, put together: proposals on their way in, the log's news on their way out,
/// reads, calls between members, and who leads.
final class Replication implements ReplicaStateMachine.Observer, AutoCloseable {
    private static final long TICK_MILLIS = 50;
    /// As etcd says it.
    private static final String REMOVED = "the member has been permanently removed from the cluster";
    private static final Duration BEFORE_ALL_ARE_ASKED = Duration.ofMillis(20);

    record Own(RaftStart start, RaftConfig config, RatisConsensus.Environment environment) {}

    record Ratis(
            RaftServer server,
            RaftServer.Division division,
            Gate gate,
            PeerClients peers,
            PeerServices services,
            Traffic traffic,
            FlushWatermark watermark) {}

    private final Own own;
    private final Ratis ratis;
    private final BackgroundTasks tasks;
    private final AppliedIndex applied;
    private final PeerClients peers;
    private final Acceptor acceptor;
    private final ForwardServer incoming;
    private final Proposals proposals;
    private final LeaderRounds rounds;
    private final CommittedLeases leases;
    private final LeaderCalls leaderCalls;
    private final ReadBarriers barriers;
    private final Leadership leadership;
    private final ElectionClock elections;
    private final MemberChanges members;
    private final StateTransfer states;
    private final Watching watching;
    private final LeaderSeen leaders;
    private final PeerProbe probe;
    private final Optional<RetainedLog> retained;
    private final Whereabouts whereabouts;
    private volatile long appliedTerm;

    Replication(
            Own own, Ratis ratis, ReplicaStateMachine stateMachine, Checkpoints checkpoints, BackgroundTasks tasks) {
        this.own = own;
        this.ratis = ratis;
        this.tasks = tasks;
        var start = own.start();
        var environment = own.environment();
        var division = ratis.division();
        applied = new AppliedIndex(environment.applier().applied().index());
        peers = ratis.peers();
        whereabouts = new Whereabouts(
                division,
                applied::value,
                environment.applier()::members,
                new AddressBook(start.directory().resolve("addresses")));
        peers.find(whereabouts);
        ratis.gate().refuse(outsiders());
        var log = new RatisLog(division);
        var limits = ProposalLimits.standard(environment.timeout(), environment.maxEntryBytes());
        var grouping = new GroupingLog(log, limits, tasks.timer(), System::nanoTime);
        acceptor = new Acceptor(grouping, environment.maxEntryBytes());
        incoming = new ForwardServer(acceptor);
        proposals = new Proposals(start.self(), start.incarnation(), limits, System::nanoTime);
        var outgoing = new Forwarder(peers, proposals, start.self(), start.incarnation(), tasks.timer());
        retained = start.witness() ? Optional.of(retain(checkpoints)) : Optional.empty();
        states = states(stateMachine, checkpoints);
        members = new MemberChanges(
                new MemberChanges.Own(
                        start, environment.applier()::members, applied::value, environment.timeout(), this::removed),
                division,
                peers,
                tasks.timer());
        watching = new Watching(
                ratis.server(),
                division,
                ratis.watermark(),
                new RatisVitals.Activity(states::isFetching, members::isChanging));
        var patience =
                new LeaderRounds.Patience(BEFORE_ALL_ARE_ASKED, own.config().electionTimeout(), tasks.timer());
        rounds = new LeaderRounds(division, peers::confirm, patience, watching::termSeen);
        leases =
                new CommittedLeases(() -> division.getRaftLog().getLastCommittedIndex(), applied, environment.leases());
        leaderCalls = new LeaderCalls(
                division, new LeaderCalls.Parts(rounds, peers, leases, environment.timeout(), tasks.timer()));
        barriers = new ReadBarriers(leaderCalls, applied, environment.timeout(), tasks.timer(), environment.meter());
        leadership = new Leadership(
                division, new Leadership.Parts(log, grouping, acceptor, incoming, proposals, outgoing), purpose());
        leaders = new LeaderSeen(division, environment.meter());
        probe = new PeerProbe(division, peers, ratis.traffic(), slowPeers());
        elections = new ElectionClock(
                division,
                peers,
                request -> ratis.gate().calls().holdElection(request),
                task -> Thread.ofVirtual().name("metastore-election").start(task),
                System::nanoTime);
    }

    private RetainedLog retain(Checkpoints checkpoints) {
        var retention = new WitnessRetention(ratis.division());
        checkpoints.retain(retention);
        return RetainedLog.of(ratis.division(), retention, RaftNode.group(own.start()));
    }

    private Predicate<String> outsiders() {
        var outsiders = new Outsiders(ratis.division(), own.environment().applier()::members);
        return caller -> outsiders.test(MemberId.parse(caller));
    }

    private SlowPeers slowPeers() {
        return SlowPeers.inLog(SlowPeers.Limits.standard(own.config().electionTimeout()));
    }

    private StateTransfer states(ReplicaStateMachine stateMachine, Checkpoints checkpoints) {
        var environment = own.environment();
        return new StateTransfer(
                new StateTransfer.Own(
                        own.start(),
                        ratis.division(),
                        environment.applier(),
                        stateMachine,
                        environment.hooks().installed(),
                        environment.meter(),
                        peer -> ratis.traffic()
                                .name(
                                        ratis.peers().place(peer.getAddress()),
                                        peer.getId().toString())),
                ratis.peers(),
                checkpoints,
                tasks.disk());
    }

    private Leadership.Purpose purpose() {
        if (own.start().witness()) {
            return new Leadership.Purpose.HandOver(new WitnessLeadership(ratis.division()));
        }
        var duties = new ArrayList<LeaderDuty>();
        duties.add(own.environment().leases());
        duties.addAll(own.environment().duties());
        return new Leadership.Purpose.Lead(List.copyOf(duties));
    }

    /// Ratis runs: peers are answered, and time passes.
    void begin() {
        ratis.services()
                .serve(new PeerAnswers(
                        ratis.division(),
                        new PeerAnswers.Parts(
                                rounds,
                                incoming,
                                leases,
                                states,
                                members,
                                ratis.gate().calls(),
                                own.environment().history())));
        watching.start(
                own.config(),
                new EndingOfMember(own.environment().ending(), members::isLeaving),
                peers::abandon,
                new SpaceAlarm(own.start().self(), proposals, tasks.timer())::set);
        var _ = tasks.timer().scheduleWithFixedDelay(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        try {
            elections.tick();
            reconcile();
            members.tick();
            whereabouts.tick();
            probe.tick();
            retained.ifPresent(RetainedLog::tick);
            proposals.expire();
            barriers.expire();
            peers.expire();
            states.tick();
        } catch (RuntimeException e) {
            fatal().halt("this member cannot follow who leads", e);
        }
    }

    private void reconcile() {
        leaders.look();
        leadership.reconcile();
    }

    boolean isInstalling() {
        return states.isFetching();
    }

    Map<String, Long> watchdogFirings() {
        return watching.firings();
    }

    Proposals proposals() {
        return proposals;
    }

    ReadBarriers barriers() {
        return barriers;
    }

    LeaderCalls leaderCalls() {
        return leaderCalls;
    }

    void historyOf(MemberId member, long revision, Consumer<HistoryHash> reply) {
        new OtherHistories(ratis.division(), peers).ask(member, revision, reply);
    }

    PeerProbe probe() {
        return probe;
    }

    Optional<RetainedLog.Size> retainedLog() {
        return retained.map(RetainedLog::size);
    }

    MemberChanges members() {
        return members;
    }

    long applied() {
        return applied.value();
    }

    @Override
    public void applying(Stamp stamp) {
        proposals.applying(stamp);
    }

    @Override
    public void applied(Stamp stamp, EntryResult result) {
        var meter = own.environment().meter();
        switch (result) {
            case EntryResult.Applied(var outcomes) -> meter.applied(outcomes.size());
            case EntryResult.Skipped(var cause) -> meter.skipped(cause.name());
        }
        proposals.applied(stamp, result);
    }

    @Override
    public void advanced(Position position) {
        applied.advance(position.index());
        if (position.term() > appliedTerm) {
            appliedTerm = position.term();
            proposals.termApplied(position.term());
        }
    }

    @Override
    public void leadershipChanged() {
        tasks.timer().execute(this::reconcile);
    }

    @Override
    public void leadsNoMore() {
        acceptor.end();
        leadershipChanged();
    }

    @Override
    public CompletableFuture<Position> needsState(long firstIndex) {
        return states.fetch(firstIndex).thenApply(position -> {
            proposals.stateReplaced();
            return position;
        });
    }

    @Override
    public void truncated(long index) {
        try {
            ratis.watermark().lowerTo(index - 1);
        } catch (IOException e) {
            fatal().halt("the note of the newest flushed entry cannot be written", e);
        }
    }

    @Override
    public void flushing() {
        own.environment().hooks().flushing().run();
    }

    @Override
    public void broken(String why, @Nullable Throwable cause) {
        if (!tasks.timer().isShutdown() && !members.isLeaving()) {
            fatal().halt(why, cause == null ? new IllegalStateException(why) : cause);
        }
    }

    /// This member does not belong to the cluster any more, and nobody needs its vote.
    private void removed() {
        own.environment().hooks().removed().run();
        own.environment().ending().leave(REMOVED);
    }

    private Fatal fatal() {
        return new Fatal(own.environment().ending());
    }

    /// This member is stopping: duties end and what waits is refused. Ratis is closed after it.
    void end() {
        watching.close();
        tasks.stopTimer();
        leadership.end();
        states.close();
        members.close();
        proposals.close();
        barriers.close();
    }

    @Override
    public void close() {
        peers.close();
        tasks.close();
    }
}
