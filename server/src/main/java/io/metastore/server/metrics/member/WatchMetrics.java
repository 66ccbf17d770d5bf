package io.metastore.server.metrics.member;

import io.metastore.server.metrics.Counter;
import io.metastore.server.metrics.Histogram;
import io.metastore.server.metrics.Registry;
import io.metastore.server.watch.WatchMessage;
import io.metastore.server.watch.WatchMeter;

/// What is sent to watching clients, apart as etcd's loop of sending has it: answers to what a client asked for, and
/// what the store has to tell. A report of progress is of the second kind.
final class WatchMetrics implements WatchMeter {
    private final Histogram answers;
    private final Histogram messages;
    private final Histogram events;
    private final Histogram reports;
    private final Counter failures;

    WatchMetrics(Registry registry) {
        answers = registry.histogram("etcd_debugging_server_watch_send_loop_control_stream_duration_seconds");
        messages = registry.histogram("etcd_debugging_server_watch_send_loop_watch_stream_duration_seconds");
        events = registry.histogram("etcd_debugging_server_watch_send_loop_watch_stream_duration_per_event_seconds");
        reports = registry.histogram("etcd_debugging_server_watch_send_loop_progress_duration_seconds");
        failures =
                registry.counters("etcd_network_server_stream_failures_total").with("watch", "send");
    }

    @Override
    public void sent(WatchMessage message, long nanos) {
        switch (message) {
            case WatchMessage.Created _, WatchMessage.Refused _, WatchMessage.Denied _, WatchMessage.Cancelled _ ->
                answers.observe(nanos);
            case WatchMessage.Compacted _, WatchMessage.Progress _ -> messages.observe(nanos);
            case WatchMessage.Events told -> {
                messages.observe(nanos);
                events.observe(nanos / Math.max(1, told.events().size()));
            }
        }
    }

    @Override
    public void reported(long nanos) {
        reports.observe(nanos);
    }

    @Override
    public void failed() {
        failures.increment();
    }
}
