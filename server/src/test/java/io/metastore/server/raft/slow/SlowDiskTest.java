package io.metastore.server.raft.slow;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.config.ServerConfig;
import io.metastore.server.metrics.member.MemberMetrics;
import io.metastore.server.model.MemberId;
import io.metastore.server.trace.NoTracing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class SlowDiskTest {
    private final MemberMetrics metrics = new MemberMetrics(ServerConfig.defaults(Path.of("unused")), new MemberId(1));
    private final List<Warning> told = new ArrayList<>();
    private long now = -5_000_000_000L;
    private final SlowDisk disk = new SlowDisk(metrics.raft(), () -> now, told::add);

    @Test
    void aFlushWithinASecondIsNotWorthAWord() {
        disk.flushed(Duration.ofSeconds(1).toNanos());
        disk.saved(Duration.ofSeconds(10).toNanos());

        assertThat(told).isEmpty();
        assertThat(page())
                .contains("metastore_disk_slow_operations_total{operation=\"log\"} 0")
                .contains("metastore_disk_slow_operations_total{operation=\"checkpoint\"} 0");
    }

    @Test
    void aSlowFlushIsToldInEtcdsWordsWithItsNumbers() {
        disk.flushed(Duration.ofMillis(1317).toNanos());

        assertThat(told).singleElement().satisfies(warning -> {
            assertThat(warning.level()).isEqualTo(Level.WARN);
            assertThat(warning.text()).isEqualTo("slow fdatasync");
            assertThat(warning.fields()).isEqualTo(Map.of("took", "1.317s", "expected-duration", "1s"));
        });
        assertThat(page())
                .contains("metastore_disk_slow_operations_total{operation=\"log\"} 1")
                .contains("etcd_disk_wal_fsync_duration_seconds_count 1");
    }

    @Test
    void manyAreCountedAndToldEveryTenSeconds() {
        for (int second = 0; second < 25; second++) {
            disk.flushed(Duration.ofSeconds(2).toNanos());
            now += 1_000_000_000L;
        }

        assertThat(told).hasSize(3);
        assertThat(told.get(1).fields()).containsEntry("more-since-last-said", 9L);
        assertThat(page()).contains("metastore_disk_slow_operations_total{operation=\"log\"} 25");
    }

    @Test
    void aSlowCheckpointIsToldApart() {
        disk.flushed(Duration.ofSeconds(2).toNanos());
        disk.saved(Duration.ofSeconds(11).toNanos());

        assertThat(told).hasSize(2);
        assertThat(told.getLast().text()).startsWith("slow checkpoint");
        assertThat(told.getLast().fields()).containsEntry("took", "11s");
    }

    private String page() {
        return metrics.telemetry(new NoTracing()).metrics().get();
    }
}
