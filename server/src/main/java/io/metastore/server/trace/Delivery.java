package io.metastore.server.trace;

import io.opentelemetry.exporter.internal.FailedExportException.GrpcExportException;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends batches of spans, one at a time, on the one thread that the library has for it. A collector that is away for
/// a moment is tried again; other failures, and longer ones, cost the batch.
final class Delivery implements SpanExporter {
    /// For how long one batch is tried, as in etcd.
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final SpanExporter exporter;
    private final Losses losses;
    private final Duration pause;
    private final AtomicInteger waiting = new AtomicInteger();
    private final CountDownLatch closing = new CountDownLatch(1);

    /// @param pause before a batch is tried again
    Delivery(SpanExporter exporter, Losses losses, Duration pause) {
        this.exporter = exporter;
        this.losses = losses;
        this.pause = pause;
    }

    /// Counts a span that is about to wait here, if there are fewer than `most`.
    boolean hasRoom(int most) {
        if (waiting.incrementAndGet() <= most) {
            return true;
        }
        waiting.decrementAndGet();
        return false;
    }

    /// How many wait, or are on their way.
    int waiting() {
        return waiting.get();
    }

    /// From now on nothing is tried twice.
    void hurry() {
        closing.countDown();
    }

    /// Waits for the answer: the thread has nothing else to do.
    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        var result = attempt(spans);
        while (mayBetter(result) && System.nanoTime() - giveUp < 0 && !isClosing()) {
            result = attempt(spans);
        }
        return ended(spans.size(), result);
    }

    private CompletableResultCode ended(int spans, CompletableResultCode result) {
        waiting.addAndGet(-spans);
        if (!result.isSuccess()) {
            losses.add(spans);
        }
        losses.due()
                .ifPresent(lost -> LOG.atWarn()
                        .addKeyValue("spans", lost)
                        .addKeyValue("total", losses.total())
                        .addKeyValue("reason", result.isSuccess() ? "too slow" : reason(result.getFailureThrowable()))
                        .log("lost spans of traces, the collector does not take them"));
        return result;
    }

    private CompletableResultCode attempt(Collection<SpanData> spans) {
        return exporter.export(spans).join(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// OTLP lists what is worth another attempt.
    private static boolean mayBetter(CompletableResultCode result) {
        if (result.isSuccess() || !(result.getFailureThrowable() instanceof GrpcExportException failure)) {
            return false;
        }
        var response = failure.getResponse();
        return response != null
                && switch (response.getStatusCode()) {
                    case CANCELLED, DEADLINE_EXCEEDED, ABORTED, OUT_OF_RANGE, UNAVAILABLE, DATA_LOSS -> true;
                    case OK,
                            UNKNOWN,
                            INVALID_ARGUMENT,
                            NOT_FOUND,
                            ALREADY_EXISTS,
                            PERMISSION_DENIED,
                            RESOURCE_EXHAUSTED,
                            FAILED_PRECONDITION,
                            UNIMPLEMENTED,
                            INTERNAL,
                            UNAUTHENTICATED -> false;
                };
    }

    /// Waits a little for the next attempt.
    private boolean isClosing() {
        try {
            return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /// The library's own class, since it tells this nowhere else.
    private static String reason(@Nullable Throwable failure) {
        return failure instanceof GrpcExportException grpc && grpc.getResponse() != null
                ? text(grpc.getResponse())
                : String.valueOf(failure);
    }

    private static String text(GrpcResponse response) {
        return response.getStatusCode() + ": " + response.getStatusDescription();
    }

    @Override
    public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
