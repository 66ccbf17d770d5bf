package io.metastore.server.raft;

import io.metastore.server.raft.gate.Gate;
import io.metastore.server.raft.read.AppliedIndex;
import java.util.concurrent.Semaphore;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.leader.LogAppender;

/// Tells followers of a commit when no further entry does: they learn it with the next append or heartbeat
/// otherwise, which on an idle cluster is half an election timeout away, and their watchers and readers wait as
/// long.
///
/// It repeats itself every millisecond until the followers know, since a heartbeat that meets an unanswered
/// append does not carry the commit. A busy leader needs no nudge, so it waits a millisecond before the first.
final class CommitNudge implements AutoCloseable {
    private static final long SILENT_MILLIS = 2000;

    private final RaftServer.Division division;
    private final Gate gate;
    private final AppliedIndex applied;
    private final Semaphore wanted = new Semaphore(0);
    private final Thread thread;

    CommitNudge(RaftServer.Division division, Gate gate, AppliedIndex applied) {
        this.division = division;
        this.gate = gate;
        this.applied = applied;
        this.thread = Thread.ofPlatform().name("metastore-nudge").daemon().start(this::run);
    }

    /// Something was applied here. Cheap, from any thread.
    void wake() {
        if (wanted.availablePermits() == 0 && division.getInfo().isLeader()) {
            wanted.release();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                wanted.acquire();
                Thread.sleep(1);
                wanted.drainPermits();
                while (isQuiet() && nudge()) {
                    Thread.sleep(1);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whether this member leads and nothing is on its way that would carry the commit.
    private boolean isQuiet() {
        return division.getInfo().isLeader() && division.getRaftLog().getNextIndex() <= applied.value() + 1;
    }

    /// Sends a heartbeat to each follower that is behind; false when none is.
    private boolean nudge() {
        long commit = division.getRaftLog().getLastCommittedIndex();
        boolean behind = false;
        for (var appender : gate.appenders()) {
            if (appender.isRunning() && isBehind(appender, commit)) {
                behind = true;
                appender.triggerHeartbeat();
            }
        }
        return behind;
    }

    private static boolean isBehind(LogAppender appender, long commit) {
        var follower = appender.getFollower();
        return follower.getCommitIndex() < commit
                && follower.getMatchIndex() >= commit
                && follower.getLastRpcResponseTime().elapsedTimeMs() < SILENT_MILLIS;
    }
}
