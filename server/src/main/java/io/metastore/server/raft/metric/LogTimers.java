package io.metastore.server.raft.metric;

import java.util.function.LongConsumer;
import org.apache.ratis.metrics.MetricRegistries;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.server.metrics.SegmentedRaftLogMetrics;

/// What Ratis measures of its log's thread, passed on. Nobody looks at its other timers, so those stand still.
public final class LogTimers {
    private static final String LOG_WORKER = "log_worker";
    private static final String WRITING = SegmentedRaftLogMetrics.RAFT_LOG_TASK_EXECUTION_TIME.formatted("writelog");

    private static final String OPEN = SegmentedRaftLogMetrics.RAFT_LOG_CACHE_OPEN_SEGMENT_SIZE_IN_BYTES;
    private static final String CLOSED = SegmentedRaftLogMetrics.RAFT_LOG_CACHE_CLOSED_SEGMENTS_SIZE_IN_BYTES;

    private LogTimers() {}

    /// Tells `meter` of the log of this member from now on; its server must have been started.
    ///
    /// @return counts what is written to it from now on
    /// @param flushed takes how long each flush took
    public static LogBytes tell(RaftGroupMemberId member, RaftMeter meter, LongConsumer flushed) {
        var registry = MetricRegistries.global().getMetricRegistries().stream()
                .filter(CounterRegistry.class::isInstance)
                .map(CounterRegistry.class::cast)
                .filter(each -> each.isOf(member.toString(), LOG_WORKER))
                .findFirst();
        var bytes = new LogBytes(
                () -> registry.map(log -> log.number(OPEN) + log.number(CLOSED)).orElse(0L));
        registry.ifPresent(log -> {
            log.tell(SegmentedRaftLogMetrics.RAFT_LOG_SYNC_TIME, flushed);
            log.tell(WRITING, nanos -> {
                meter.written(nanos);
                bytes.look();
            });
        });
        return bytes;
    }
}
