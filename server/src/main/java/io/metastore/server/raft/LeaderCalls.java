package io.metastore.server.raft;

import io.metastore.proto.peer.v1.LeaseRequest;
import io.metastore.proto.peer.v1.LeaseResponse;
import io.metastore.proto.peer.v1.ReadIndexRequest;
import io.metastore.proto.peer.v1.Refusal;
import io.metastore.server.consensus.LeaseAnswer;
import io.metastore.server.model.LeaseId;
import io.metastore.server.model.MemberId;
import io.metastore.server.raft.peer.PeerClients;
import io.metastore.server.raft.read.CommittedLeases;
import io.metastore.server.raft.read.IndexSource;
import io.metastore.server.raft.read.LeaderRounds;
import io.metastore.server.raft.read.NotLeadingException;
import io.metastore.server.request.Reason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftServer;

/// Questions that only the leader can answer: asked here when this member leads, else sent to the one that does.
final class LeaderCalls implements IndexSource {
    private static final long RETRY_MILLIS = 20;

    /// @param timeout how long a question about a lease is asked again before it is refused
    record Parts(
            LeaderRounds rounds,
            PeerClients peers,
            CommittedLeases leases,
            Duration timeout,
            ScheduledExecutorService timer) {}

    private final RaftServer.Division division;
    private final OtherLeader otherLeader;
    private final Parts parts;

    LeaderCalls(RaftServer.Division division, Parts parts) {
        this.division = division;
        this.otherLeader = new OtherLeader(division);
        this.parts = parts;
    }

    @Override
    public CompletableFuture<Long> readIndex() {
        if (division.getInfo().isLeader()) {
            return parts.rounds().readIndex();
        }
        return otherLeader
                .find()
                .map(leader -> parts.peers()
                        .readIndex(leader.getAddress(), question())
                        .thenCompose(answer -> answer.getRefusal() == Refusal.NONE
                                ? CompletableFuture.completedFuture(answer.getIndex())
                                : CompletableFuture.failedFuture(new NotLeadingException())))
                .orElseGet(() -> CompletableFuture.failedFuture(new NotLeadingException()));
    }

    /// Made after the readers came that it is asked for: the term in it is this member's word for them.
    private ReadIndexRequest question() {
        return ReadIndexRequest.newBuilder()
                .setTerm(division.getInfo().getCurrentTerm())
                .setMember(MemberId.parse(division.getId().toString()).number())
                .build();
    }

    void renew(LeaseId lease, Consumer<LeaseAnswer> reply) {
        new LeaseQuestion(LeaseRequest.Kind.RENEW, lease, reply).ask();
    }

    void timeToLive(LeaseId lease, Consumer<LeaseAnswer> reply) {
        new LeaseQuestion(LeaseRequest.Kind.TIME_TO_LIVE, lease, reply).ask();
    }

    /// One question about a lease, asked until a leader answers it or its time is up.
    private final class LeaseQuestion {
        private final LeaseRequest.Kind kind;
        private final LeaseId lease;
        private final Consumer<LeaseAnswer> reply;
        private final long deadlineNanos = System.nanoTime() + parts.timeout().toNanos();

        LeaseQuestion(LeaseRequest.Kind kind, LeaseId lease, Consumer<LeaseAnswer> reply) {
            this.kind = kind;
            this.lease = lease;
            this.reply = reply;
        }

        void ask() {
            if (division.getInfo().isLeader()) {
                askClock();
                return;
            }
            var request = LeaseRequest.newBuilder()
                    .setKind(kind)
                    .setLease(lease.number())
                    .build();
            otherLeader.find().ifPresentOrElse(leader -> askPeer(leader, request), this::askLater);
        }

        private void askClock() {
            switch (kind) {
                case RENEW -> parts.leases().renew(lease, this::answer);
                case TIME_TO_LIVE -> parts.leases().timeToLive(lease, this::answer);
                case UNRECOGNIZED -> throw new IllegalStateException("this question was asked here");
            }
        }

        private void askPeer(RaftPeer leader, LeaseRequest request) {
            var _ = parts.peers().lease(leader.getAddress(), request).whenComplete((response, failure) -> {
                if (failure == null) {
                    answer(answerOf(response));
                } else {
                    askLater();
                }
            });
        }

        private void answer(LeaseAnswer answer) {
            switch (answer) {
                case LeaseAnswer.Alive _, LeaseAnswer.Gone _ -> reply.accept(answer);
                case LeaseAnswer.Refused(var reason) -> {
                    if (reason == Reason.NOT_LEADER || reason == Reason.LEADER_CHANGED) {
                        askLater();
                    } else {
                        reply.accept(answer);
                    }
                }
            }
        }

        private void askLater() {
            if (deadlineNanos - System.nanoTime() <= 0) {
                reply.accept(new LeaseAnswer.Refused(Reason.TIMED_OUT));
            } else {
                var _ = parts.timer().schedule(this::ask, RETRY_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    private static LeaseAnswer answerOf(LeaseResponse response) {
        return switch (response.getRefusal()) {
            case NONE ->
                response.getGone()
                        ? new LeaseAnswer.Gone()
                        : new LeaseAnswer.Alive(response.getRemainingMillis(), response.getGrantedSeconds());
            case NOT_LEADER -> new LeaseAnswer.Refused(Reason.NOT_LEADER);
            case OVERLOADED -> new LeaseAnswer.Refused(Reason.TOO_MANY_REQUESTS);
            case TIMED_OUT, UNRECOGNIZED -> new LeaseAnswer.Refused(Reason.TIMED_OUT);
        };
    }
}
