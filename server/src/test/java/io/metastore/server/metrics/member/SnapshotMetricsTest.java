package io.metastore.server.metrics.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.metrics.Registry;
import io.metastore.server.node.StateFile;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SnapshotMetricsTest {
    private final Registry registry = Registry.ofMember();
    private final SnapshotMetrics snapshots = new SnapshotMetrics(registry);

    @Test
    void aMemberThatIsKnownHasItsSeriesFromTheStart() {
        snapshots.to("8e");
        snapshots.from("8e");

        shows(
                "etcd_network_snapshot_send_success{To=\"8e\"} 0",
                "etcd_network_snapshot_send_failures{To=\"8e\"} 0",
                "etcd_network_snapshot_receive_inflights_total{From=\"8e\"} 0",
                "etcd_network_snapshot_receive_total_duration_seconds_count{From=\"8e\"} 0",
                "metastore_snapshot_send_bytes_total{To=\"8e\"} 0",
                "metastore_snapshot_receive_resumed_bytes_total{From=\"8e\"} 0");
    }

    @Test
    void bytesCountWhetherTheStateArrivesOrNot() {
        try (var transfer = snapshots.reading(snapshots.to("8e").begin())) {
            transfer.resumed(100);
            transfer.moved(7);
            transfer.moved(3);
        }
        try (var transfer = snapshots.from("8e").begin()) {
            transfer.moved(5);
        }

        shows(
                "metastore_snapshot_send_bytes_total{To=\"8e\"} 10",
                "metastore_snapshot_send_resumed_bytes_total{To=\"8e\"} 100",
                "metastore_snapshot_receive_bytes_total{From=\"8e\"} 5",
                "metastore_snapshot_receive_resumed_bytes_total{From=\"8e\"} 0");
    }

    @Test
    void aStateThatArrivedIsASuccessWithItsTime() {
        try (var transfer = snapshots.from("8e").begin()) {
            shows("etcd_network_snapshot_receive_inflights_total{From=\"8e\"} 1");
            transfer.succeeded();
        }

        shows(
                "etcd_network_snapshot_receive_inflights_total{From=\"8e\"} 0",
                "etcd_network_snapshot_receive_success{From=\"8e\"} 1",
                "etcd_network_snapshot_receive_failures{From=\"8e\"} 0",
                "etcd_network_snapshot_receive_total_duration_seconds_count{From=\"8e\"} 1");
    }

    @Test
    void aStateThatBrokeOffIsAFailureAndWasReadAllTheSame() {
        snapshots.reading(snapshots.to("8e").begin()).close();

        shows(
                "etcd_network_snapshot_send_inflights_total{To=\"8e\"} 0",
                "etcd_network_snapshot_send_success{To=\"8e\"} 0",
                "etcd_network_snapshot_send_failures{To=\"8e\"} 1",
                "etcd_network_snapshot_send_total_duration_seconds_count{To=\"8e\"} 0",
                "etcd_disk_backend_snapshot_duration_seconds_count 1");
    }

    @Test
    void theFileOfAClientIsMeasuredFromItsOpeningToItsEnd() {
        var closed = new AtomicBoolean();
        var file = snapshots.timed(() -> new EmptyFile(closed));
        shows("etcd_disk_backend_snapshot_duration_seconds_count 0");

        file.close();

        assertThat(closed).isTrue();
        shows("etcd_disk_backend_snapshot_duration_seconds_count 1");
    }

    @Test
    void makingTheStoreDurableIsOneFlushAndNothingIsMarshalled() {
        snapshots.saved(3_000_000);
        snapshots.received(300_000_000, 4_000_000);

        shows(
                "etcd_debugging_snap_save_total_duration_seconds_sum 0.003",
                "etcd_snap_fsync_duration_seconds_sum 0.003",
                "etcd_debugging_snap_save_marshalling_duration_seconds_count 0",
                "etcd_snap_db_save_total_duration_seconds_sum 0.3",
                "etcd_snap_db_fsync_duration_seconds_sum 0.004");
    }

    private void shows(String... lines) {
        assertThat(registry.text().lines()).contains(lines);
    }

    private record EmptyFile(AtomicBoolean closed) implements StateFile {
        @Override
        public long bytes() {
            return 0;
        }

        @Override
        public int read(byte[] target) {
            return 0;
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }
}
