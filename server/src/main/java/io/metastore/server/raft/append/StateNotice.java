package io.metastore.server.raft.append;

import java.util.concurrent.TimeUnit;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotReplyProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotResult;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells a follower that lacks entries which this leader's log does not have any more to get a state elsewhere, and
/// asks again until it has one. Entries wait meanwhile, heartbeats do not.
final class StateNotice {
    private static final Logger LOG = LoggerFactory.getLogger(StateNotice.class);
    private static final long AGAIN_MILLIS = 20;
    private static final long NOT_NEEDED = Long.MAX_VALUE;

    private final Sender sender;
    private final AppendTransport transport;
    private volatile boolean asked;
    private long askedAt = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(AGAIN_MILLIS);

    StateNotice(Sender sender, AppendTransport transport) {
        this.sender = sender;
        this.transport = transport;
    }

    boolean isNeeded() {
        return asked || sender.shouldNotifyToInstallSnapshot() != null;
    }

    /// On the sender's thread.
    long waitMillis() {
        return isNeeded() ? AGAIN_MILLIS : NOT_NEEDED;
    }

    /// On the sender's thread.
    void giveIfDue() {
        if (asked || System.nanoTime() - askedAt < TimeUnit.MILLISECONDS.toNanos(AGAIN_MILLIS)) {
            return;
        }
        var first = sender.shouldNotifyToInstallSnapshot();
        if (first != null) {
            give(first);
        }
    }

    private void give(TermIndex first) {
        askedAt = System.nanoTime();
        var request = sender.newInstallSnapshotNotificationRequest(first);
        asked = true;
        var _ = transport.install(sender.address(), request).whenComplete((reply, failure) -> {
            try {
                if (failure == null) {
                    answered(reply);
                } else {
                    LOG.atDebug()
                            .addKeyValue("follower", sender.getFollowerId())
                            .addKeyValue("cause", failure.getMessage())
                            .log("a follower could not be told to get a state");
                }
            } finally {
                asked = false;
                sender.wake();
            }
        });
    }

    private void answered(InstallSnapshotReplyProto reply) {
        var follower = sender.getFollower();
        follower.updateLastRpcResponseTime();
        switch (reply.getResult()) {
            case SUCCESS -> follower.setAttemptedToInstallSnapshot();
            case ALREADY_INSTALLED, SNAPSHOT_INSTALLED -> installed(reply.getResult(), reply.getSnapshotIndex());
            case NOT_LEADER -> {
                var _ = sender.onFollowerTerm(reply.getTerm());
            }
            case SNAPSHOT_UNAVAILABLE -> {
                follower.setAttemptedToInstallSnapshot();
                finished(InstallSnapshotResult.SNAPSHOT_UNAVAILABLE, RaftLog.INVALID_LOG_INDEX);
            }
            case IN_PROGRESS -> {}
            case CONF_MISMATCH, SNAPSHOT_EXPIRED, UNRECOGNIZED ->
                LOG.atError()
                        .addKeyValue("follower", sender.getFollowerId())
                        .addKeyValue("result", reply.getResult())
                        .log("a follower does not get a state");
        }
    }

    private void installed(InstallSnapshotResult result, long index) {
        var follower = sender.getFollower();
        LOG.atInfo()
                .addKeyValue("follower", sender.getFollowerId())
                .addKeyValue("index", index)
                .log("a follower has a state");
        sender.stateReaches(index);
        follower.setAttemptedToInstallSnapshot();
        sender.getLeaderState().onFollowerCommitIndex(follower, index);
        if (result == InstallSnapshotResult.SNAPSHOT_INSTALLED
                && index + 1 >= sender.getRaftLog().getStartIndex()) {
            finished(InstallSnapshotResult.SUCCESS, index);
        }
    }

    private void finished(InstallSnapshotResult result, long index) {
        sender.getServer()
                .getStateMachine()
                .event()
                .notifySnapshotInstalled(result, index, sender.getFollower().getPeer());
    }
}
