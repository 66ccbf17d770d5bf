package io.metastore.server.raft.append;

import org.apache.ratis.server.leader.LogAppender;

/// Notices heartbeats that are sent long after their time, since the leader was busy, or did not run.
record Punctuality(LogAppender sender, AppendTransport transport) {
    /// To be called before one is sent. A quiet follower is sent one in each half of the least election timeout.
    void check() {
        var follower = sender.getFollower();
        int period = sender.getServer().properties().minRpcTimeoutMs() / 2;
        if (follower.getLastHeartbeatSendTime().elapsedTimeMs() > 2L * period) {
            transport.late(follower.getPeer().getAddress());
        }
    }
}
