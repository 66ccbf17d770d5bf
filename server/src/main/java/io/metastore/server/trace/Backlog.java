package io.metastore.server.trace;

import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;

/// Spans that wait to be sent, of which there are only so many. The library's queue has a bound too, but says so in its
/// log only.
final class Backlog implements SpanProcessor {
    /// OpenTelemetry's usual length of the queue, as in etcd.
    static final int MOST = 2048;

    private final SpanProcessor queue;
    private final Delivery delivery;
    private final Losses losses;

    private Backlog(SpanProcessor queue, Delivery delivery, Losses losses) {
        this.queue = queue;
        this.delivery = delivery;
        this.losses = losses;
    }

    static Backlog before(Delivery delivery, Losses losses) {
        var queue = BatchSpanProcessor.builder(delivery)
                .setMaxQueueSize(MOST)
                .setExporterTimeout(Delivery.PATIENCE.multipliedBy(2)) // it keeps to its own
                .setMeterProvider(MeterProvider.noop())
                .build();
        return new Backlog(queue, delivery, losses);
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        if (delivery.hasRoom(MOST)) {
            queue.onEnd(span);
        } else {
            losses.add(1);
        }
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }

    @Override
    public CompletableResultCode shutdown() {
        return queue.shutdown();
    }

    @Override
    public CompletableResultCode forceFlush() {
        return queue.forceFlush();
    }
}
