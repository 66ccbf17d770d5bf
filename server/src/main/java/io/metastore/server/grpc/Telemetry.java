package io.metastore.server.grpc;

import io.metastore.server.grpc.http.ProbeMeter;
import io.metastore.server.trace.NoTracing;
import io.metastore.server.trace.Tracing;
import io.metastore.server.watch.WatchMeter;
import java.time.Duration;
import java.util.function.Supplier;

/// What a listener tells of itself, and what it shows.
///
/// @param calls is told of calls
/// @param probes is told how checks of this member's health went
/// @param watches is told of messages to watching clients
/// @param slow calls with one answer that take longer are logged
/// @param metrics makes the page with all metrics; it may take some milliseconds
/// @param tracing follows calls
public record Telemetry(
        CallMeter calls,
        ProbeMeter probes,
        WatchMeter watches,
        Duration slow,
        Supplier<String> metrics,
        Tracing tracing) {
    /// Nothing is measured, logged or followed, and the page is empty.
    public static final Telemetry NONE =
            new Telemetry(CallMeter.NONE, ProbeMeter.NONE, WatchMeter.NONE, Duration.ZERO, () -> "", new NoTracing());
}
