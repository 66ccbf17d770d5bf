package io.metastore.server.raft.member;

import io.metastore.server.consensus.PendingChange;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.model.Membership;
import io.metastore.server.raft.leader.Heirs;
import io.metastore.server.raft.leader.LeadershipTransfer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.protocol.exceptions.ReconfigurationInProgressException;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings who votes and who is fed in line with the table of members, while this member leads: one change at a time,
/// each from a configuration that was seen to one that differs by one member. It looks at the two, not at the commands
/// that changed the table, so a leader that dies between the two leaves nothing half done: the next one sees the same
/// difference.
public final class Reconfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(Reconfiguration.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    /// A configuration with a member that stopped answering takes Ratis long to give up, so it is asked before.
    private static final long ANSWER_MILLIS = 1000;
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final RaftServer.Division division;
    private final Supplier<Membership> wanted;
    private final Function<Member, CompletableFuture<MemberId>> whoIsThere;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicLong calls = new AtomicLong();
    private volatile long notBefore = System.nanoTime();
    private volatile Optional<Joining> joining = Optional.empty();

    /// @param wanted what was applied here
    /// @param whoIsThere asks the process at a member's address who it is; fails when there is none of
    ///     this cluster
    public Reconfiguration(
            RaftServer.Division division,
            Supplier<Membership> wanted,
            Function<Member, CompletableFuture<MemberId>> whoIsThere) {
        this.division = division;
        this.wanted = wanted;
        this.whoIsThere = whoIsThere;
    }

    /// Whether a change is being made.
    public boolean isBusy() {
        return busy.get();
    }

    /// What is still to be done, as this member sees it while it leads.
    public Optional<PendingChange> pending() {
        var seats = Seats.of(division);
        return seats.settled()
                ? Step.next(seats, wanted.get(), RaftPeers.id(division.getId())).pending()
                : Optional.of(new PendingChange(PendingChange.Kind.SETTLE, List.of()));
    }

    /// Looks, and begins a change if one is due. Called often; does not block.
    public void tick() {
        if (busy.get()) {
            joining.ifPresent(Joining::look);
            return;
        }
        if (notBefore - System.nanoTime() > 0 || !division.getInfo().isLeaderReady()) {
            return;
        }
        var step = Step.next(Seats.of(division), wanted.get(), RaftPeers.id(division.getId()));
        if (!(step instanceof Step.Nothing) && busy.compareAndSet(false, true)) {
            Thread.ofVirtual().name("metastore-reconfiguration").start(() -> takeAndRest(step));
        }
    }

    private void takeAndRest(Step step) {
        try {
            take(step);
        } catch (ReconfigurationInProgressException e) {
            LOG.atDebug().addKeyValue("cause", e.getMessage()).log("another change is under way");
        } catch (IOException | RuntimeException e) {
            LOG.atWarn().addKeyValue("step", step).addKeyValue("cause", e).log("the members could not be changed yet");
        } finally {
            notBefore = System.nanoTime() + PAUSE_NANOS;
            joining = Optional.empty();
            busy.set(false);
        }
    }

    private void take(Step step) throws IOException {
        var seen = division.getRaftConf();
        var voters = new ArrayList<>(seen.getAllPeers(RaftPeerRole.FOLLOWER));
        var learners = new ArrayList<>(seen.getAllPeers(RaftPeerRole.LISTENER));
        switch (step) {
            case Step.Nothing _ -> {}
            case Step.HandOver _ -> handOver();
            case Step.Remove(var member) -> {
                voters.removeIf(peer -> peer.getId().equals(RaftPeers.id(member)));
                learners.removeIf(peer -> peer.getId().equals(RaftPeers.id(member)));
                change(step, seen, new Lists(voters, learners));
            }
            case Step.Promote(var member) -> {
                var address = addressOf(seen, member);
                learners.removeIf(peer -> peer.getId().equals(RaftPeers.id(member.id())));
                voters.add(RaftPeers.peer(member, address));
                change(step, seen, new Lists(voters, learners));
            }
            case Step.Swap(var leaving, var member) -> {
                var address = addressOf(seen, member);
                voters.removeIf(peer -> peer.getId().equals(RaftPeers.id(leaving)));
                learners.removeIf(peer -> peer.getId().equals(RaftPeers.id(member.id())));
                voters.add(RaftPeers.peer(member, address));
                change(step, seen, new Lists(voters, learners));
            }
            case Step.Rank(var member) -> {
                voters.replaceAll(peer -> peer.getId().equals(RaftPeers.id(member.id()))
                        ? RaftPeers.peer(member, peer.getAddress())
                        : peer);
                change(step, seen, new Lists(voters, learners));
            }
            case Step.Add(var candidates) -> {
                var there = candidates.stream().filter(this::isThere).findFirst();
                if (there.isPresent()) {
                    (there.get().learner() ? learners : voters).add(added(seen, there.get()));
                    joining = Optional.of(new Joining(there.get()));
                    change(step, seen, new Lists(voters, learners));
                }
            }
        }
    }

    private record Lists(List<RaftPeer> voters, List<RaftPeer> learners) {}

    /// By its place, unless that names another member, which has moved since.
    private static RaftPeer added(RaftConfiguration seen, Member member) {
        var place = RaftPeers.address(member.peerUrls());
        boolean taken = Stream.of(RaftPeerRole.FOLLOWER, RaftPeerRole.LISTENER)
                .flatMap(role -> seen.getAllPeers(role).stream())
                .anyMatch(peer -> peer.getAddress().equals(place));
        return RaftPeers.peer(member, taken ? RaftPeers.name(member.id()) : place);
    }

    /// A member keeps the address that it was added with.
    private static String addressOf(RaftConfiguration configuration, Member member) {
        var peer = configuration.getPeer(RaftPeers.id(member.id()), RaftPeerRole.FOLLOWER, RaftPeerRole.LISTENER);
        return peer == null ? RaftPeers.address(member.peerUrls()) : peer.getAddress();
    }

    /// Whether the member has been started, and is the one that was added.
    private boolean isThere(Member member) {
        try {
            var found = whoIsThere
                    .apply(member)
                    .orTimeout(ANSWER_MILLIS, TimeUnit.MILLISECONDS)
                    .join();
            if (!found.equals(member.id())) {
                LOG.atWarn()
                        .addKeyValue("member", member.id())
                        .addKeyValue("found", found)
                        .addKeyValue("urls", member.peerUrls())
                        .log("another member is where an added one should be");
            }
            return found.equals(member.id());
        } catch (CompletionException e) {
            LOG.atDebug().addKeyValue("member", member.id()).log("an added member was not started yet");
            return false;
        }
    }

    /// Only if the configuration is still the one that was seen.
    private void change(Step step, RaftConfiguration seen, Lists to) throws IOException {
        LOG.atInfo().addKeyValue("step", step).log("who votes and who is fed changes");
        var arguments = SetConfigurationRequest.Arguments.newBuilder()
                .setMode(SetConfigurationRequest.Mode.COMPARE_AND_SET)
                .setServersInCurrentConf(List.copyOf(seen.getAllPeers(RaftPeerRole.FOLLOWER)))
                .setListenersInCurrentConf(List.copyOf(seen.getAllPeers(RaftPeerRole.LISTENER)))
                .setServersInNewConf(to.voters())
                .setListenersInNewConf(to.learners())
                .build();
        var reply = division.getRaftServer()
                .setConfiguration(new SetConfigurationRequest(
                        ClientId.randomId(),
                        division.getId(),
                        division.getMemberId().getGroupId(),
                        calls.incrementAndGet(),
                        arguments));
        if (reply.isSuccess()) {
            LOG.atInfo().addKeyValue("step", step).log("who votes and who is fed has changed");
        } else {
            LOG.atWarn()
                    .addKeyValue("step", step)
                    .addKeyValue("cause", reply.getException())
                    .log("a change failed");
            // Ratis has stopped to feed learners then, and who was one under this leader. A new leader
            // feeds all.
            handOver();
        }
    }

    private void handOver() throws IOException {
        if (!division.getInfo().isLeader()) {
            return;
        }
        var heir = Heirs.best(division, Long.MAX_VALUE);
        var reply = new LeadershipTransfer(division).to(heir, PATIENCE);
        LOG.atInfo()
                .addKeyValue("heir", heir)
                .addKeyValue("success", reply.isSuccess())
                .log("leadership is handed over for a change of the members");
    }

    /// A member that is being added. Ratis waits for it, and with enough writes going on never looks whether it is
    /// still there: without an end to that no other change would ever be made.
    private final class Joining {
        private final Member member;
        private final AtomicBoolean givenUp = new AtomicBoolean();
        private volatile long answered = System.nanoTime();
        private volatile long asked = answered;

        Joining(Member member) {
            this.member = member;
        }

        void look() {
            long now = System.nanoTime();
            if (now - answered > SILENCE_NANOS) {
                if (givenUp.compareAndSet(false, true)) {
                    Thread.ofVirtual().name("metastore-joining").start(this::giveUp);
                }
            } else if (now - asked > PAUSE_NANOS) {
                asked = now;
                var _ = whoIsThere.apply(member).thenAccept(_ -> answered = System.nanoTime());
            }
        }

        private void giveUp() {
            LOG.atWarn().addKeyValue("member", member.id()).log("a member that joins does not answer any more");
            try {
                // To nobody in particular: Ratis hands over to nobody by name while it waits for a member.
                new LeadershipTransfer(division).to(Optional.empty(), PATIENCE);
            } catch (IOException e) {
                LOG.atWarn().addKeyValue("cause", e.getMessage()).log("leadership was not handed over");
            }
        }
    }
}
