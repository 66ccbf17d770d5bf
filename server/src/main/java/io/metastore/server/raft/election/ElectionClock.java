package io.metastore.server.raft.election;

import java.io.IOException;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionReplyProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.util.ProtoUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Misses a silent leader in time. A follower of Ratis looks whether it heard its leader only when it has slept for an
/// election timeout, and if it had heard it in the beginning, it sleeps for another one:
///
///     ├─ sleeps 1.2 s ──────────┤├─ sleeps 1.2 s ──────────┤ candidate, 2.3 s after the leader died
///       ↑ last heartbeat
///
/// This clock looks all the time. Each follower has a time of its own, so that two of them do not split the votes.
/// When the leader was silent for that long, and a majority says that it would vote for this member, Ratis is told to
/// hold an election. Ratis's clock goes on beside this one.
///
/// Elections are safe whenever they are held; the pre-vote keeps a member that alone does not hear the leader from
/// disturbing the others.
public final class ElectionClock {
    private static final Logger LOG = LoggerFactory.getLogger(ElectionClock.class);
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final RaftServer.Division division;
    private final VoteTransport votes;
    private final Election election;
    private final Executor aside;
    private final LongSupplier nanos;
    private final AtomicLong calls = new AtomicLong();
    // Guarded by this.
    private long pauseNanos = FIRST_PAUSE_NANOS;
    private long quietUntil;

    /// Lets this member's Raft server become a candidate; it may block.
    @FunctionalInterface
    public interface Election {
        StartLeaderElectionReplyProto hold(StartLeaderElectionRequestProto request) throws IOException;
    }

    /// A leader that this member follows and that was silent for too long.
    ///
    /// @param last this member's newest entry, which is of this term
    private record Silence(RaftPeerId leader, long term, TermIndex last) {}

    /// @param aside runs what may block
    /// @param nanos as `System::nanoTime`
    public ElectionClock(
            RaftServer.Division division, VoteTransport votes, Election election, Executor aside, LongSupplier nanos) {
        this.division = division;
        this.votes = votes;
        this.election = election;
        this.aside = aside;
        this.nanos = nanos;
        this.quietUntil = nanos.getAsLong();
    }

    /// Looks once more. Called often; it does not block.
    public void tick() {
        var silence = silence();
        if (isTimeToAsk(silence.isPresent())) {
            silence.ifPresent(this::ask);
        }
    }

    private synchronized boolean isTimeToAsk(boolean silent) {
        long now = nanos.getAsLong();
        if (!silent) {
            pauseNanos = FIRST_PAUSE_NANOS;
            return false;
        }
        if (now - quietUntil < 0) {
            return false;
        }
        quietUntil = now + pauseNanos;
        pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
        return true;
    }

    private Optional<Silence> silence() {
        try {
            return look();
        } catch (RuntimeException e) {
            // Ratis asserts its state also in getters, for example while it steps down: the next look will do.
            LOG.atDebug().setCause(e).log("could not look whether the leader is silent");
            return Optional.empty();
        }
    }

    /// Nothing while an append is on its way to the disk: its leader was heard. And nothing before this member has an
    /// entry of the leader: then it cannot say whose successor it wants to be.
    private Optional<Silence> look() {
        var info = division.getInfo();
        var leader = info.getLeaderId();
        long term = info.getCurrentTerm();
        var last = division.getRaftLog().getLastEntryTermIndex();
        if (!info.isFollower() || leader == null || last == null || last.getTerm() != term) {
            return Optional.empty();
        }
        var heard = info.getRoleInfoProto().getFollowerInfo();
        boolean silent = heard.getOutstandingOp() == 0
                && heard.getLeaderInfo().getLastRpcElapsedTimeMs() >= patienceMillis(division.getRaftConf(), leader);
        return silent ? Optional.of(new Silence(leader, term, last)) : Optional.empty();
    }

    /// The upper bound of Ratis's election timeout for the last of the followers, less for each before it. A
    /// machine that is busy for a while shall not depose its leader.
    ///
    ///     bounds 600 and 1200, followers 1 and 3 of leader 2  →  1000 and 1200
    private long patienceMillis(RaftConfiguration configuration, RaftPeerId leader) {
        var followers = configuration.getCurrentPeers().stream()
                .map(RaftPeer::getId)
                .filter(voter -> !voter.equals(leader))
                .sorted(Comparator.comparing(RaftPeerId::toString))
                .toList();
        int rank = followers.indexOf(division.getId());
        long longest = division.properties().maxRpcTimeoutMs();
        long spread = longest - division.properties().minRpcTimeoutMs();
        return rank < 0 ? Long.MAX_VALUE : longest - spread * (followers.size() - 1 - rank) / (followers.size() + 1);
    }

    private void ask(Silence silence) {
        var configuration = division.getRaftConf();
        var ballot = new Ballot(configuration, division.getId());
        for (var voter : configuration.getAllPeers()) {
            if (!voter.getId().equals(division.getId())) {
                var _ = votes.vote(voter.getAddress(), preVote(voter.getId(), silence))
                        .thenAccept(reply -> {
                            if (isGranted(reply, silence) && ballot.isWonBy(voter.getId())) {
                                aside.execute(() -> hold(silence));
                            }
                        });
            }
        }
    }

    private static boolean isGranted(RequestVoteReplyProto reply, Silence silence) {
        return reply.getServerReply().getSuccess() && reply.getTerm() <= silence.term();
    }

    private void hold(Silence silence) {
        if (!silence().equals(Optional.of(silence))) { // it was heard again, or there is another one
            return;
        }
        try {
            boolean held = election.hold(request(silence)).getServerReply().getSuccess();
            LOG.atInfo()
                    .addKeyValue("leader", silence.leader())
                    .addKeyValue("term", silence.term())
                    .addKeyValue("candidate", held)
                    .log("the leader is silent");
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("cause", e.getMessage()).log("no election can be held");
        }
    }

    private RequestVoteRequestProto preVote(RaftPeerId voter, Silence silence) {
        return RequestVoteRequestProto.newBuilder()
                .setServerRequest(between(division.getId(), voter))
                .setCandidateTerm(silence.term())
                .setCandidateLastEntry(silence.last().toProto())
                .setPreVote(true)
                .build();
    }

    /// As the leader itself asks when it hands leadership over.
    private StartLeaderElectionRequestProto request(Silence silence) {
        return StartLeaderElectionRequestProto.newBuilder()
                .setServerRequest(between(silence.leader(), division.getId()))
                .setLeaderLastEntry(silence.last().toProto())
                .build();
    }

    private RaftRpcRequestProto between(RaftPeerId from, RaftPeerId to) {
        return RaftRpcRequestProto.newBuilder()
                .setRequestorId(from.toByteString())
                .setReplyId(to.toByteString())
                .setRaftGroupId(ProtoUtils.toRaftGroupIdProtoBuilder(
                        division.getMemberId().getGroupId()))
                .setCallId(calls.incrementAndGet())
                .build();
    }
}
