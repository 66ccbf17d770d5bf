package io.metastore.server.raft.append;

import java.time.Duration;
import org.apache.ratis.server.leader.LogAppender;

/// Notices heartbeats that are sent long after their time, since the leader was busy, or did not run.
record Punctuality(LogAppender sender, AppendTransport transport) {
    /// To be called before one is sent. A quiet follower is sent one in each half of the least election timeout.
    void check() {
        var follower = sender.getFollower();
        int period = sender.getServer().properties().minRpcTimeoutMs() / 2;
        long elapsed = follower.getLastHeartbeatSendTime().elapsedTimeMs();
        if (elapsed > 2L * period) {
            transport.late(follower.getId().toString(), Duration.ofMillis(period), Duration.ofMillis(elapsed));
        }
    }
}
