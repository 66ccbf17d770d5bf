package io.metastore.server.raft.metric;

import org.apache.ratis.metrics.MetricRegistries;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.server.metrics.SegmentedRaftLogMetrics;

/// What Ratis measures of its log's thread, passed on. Nobody looks at its other timers, so those stand still.
public final class LogTimers {
    private static final String LOG_WORKER = "log_worker";
    private static final String WRITING = SegmentedRaftLogMetrics.RAFT_LOG_TASK_EXECUTION_TIME.formatted("writelog");

    private LogTimers() {}

    /// Tells `meter` of the log of this member from now on; its server must have been started.
    public static void tell(RaftGroupMemberId member, RaftMeter meter) {
        MetricRegistries.global().getMetricRegistries().stream()
                .filter(CounterRegistry.class::isInstance)
                .map(CounterRegistry.class::cast)
                .filter(registry -> registry.isOf(member.toString(), LOG_WORKER))
                .forEach(registry -> {
                    registry.tell(SegmentedRaftLogMetrics.RAFT_LOG_SYNC_TIME, meter::flushed);
                    registry.tell(WRITING, meter::written);
                });
    }
}
