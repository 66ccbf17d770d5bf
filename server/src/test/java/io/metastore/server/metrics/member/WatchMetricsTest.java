package io.metastore.server.metrics.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.metrics.Registry;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.Event;
import io.metastore.server.model.KeyValue;
import io.metastore.server.watch.WatchEvent;
import io.metastore.server.watch.WatchMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchMetricsTest {
    private static final String LOOP = "etcd_debugging_server_watch_send_loop_";
    private static final WatchEvent EVENT =
            new WatchEvent(new Event(Event.Kind.DELETE, KeyValue.tombstone(Bytes.utf8("a"), 7)), List.of());

    private final Registry registry = Registry.ofMember();
    private final WatchMetrics watches = new WatchMetrics(registry);

    @Test
    void answersAreMeasuredApartFromWhatTheStoreTells() {
        watches.sent(new WatchMessage.Created(0, 1), 1_000_000);
        watches.sent(new WatchMessage.Cancelled(0, 1), 1_000_000);
        watches.sent(new WatchMessage.Progress(0, 1), 5_000_000);

        shows(
                LOOP + "control_stream_duration_seconds_sum 0.002",
                LOOP + "control_stream_duration_seconds_count 2",
                LOOP + "watch_stream_duration_seconds_sum 0.005",
                LOOP + "watch_stream_duration_per_event_seconds_count 0");
    }

    @Test
    void theTimeOfAMessageIsSharedByItsEvents() {
        watches.sent(new WatchMessage.Events(0, 7, List.of(EVENT, EVENT), false), 6_000_000);

        shows(
                LOOP + "watch_stream_duration_seconds_sum 0.006",
                LOOP + "watch_stream_duration_per_event_seconds_sum 0.003",
                LOOP + "watch_stream_duration_per_event_seconds_count 1");
    }

    @Test
    void roundsOfReportsAndFailuresAreCounted() {
        shows("etcd_network_server_stream_failures_total{API=\"watch\",Type=\"send\"} 0");

        watches.reported(2_000_000);
        watches.failed();

        shows(
                LOOP + "progress_duration_seconds_sum 0.002",
                "etcd_network_server_stream_failures_total{API=\"watch\",Type=\"send\"} 1");
    }

    private void shows(String... lines) {
        assertThat(registry.text().lines()).contains(lines);
    }
}
