package io.metastore.server.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.config.Collector;
import io.metastore.server.config.TracingConfig;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DeliveryTest {
    private final Losses losses = new Losses(() -> 0);

    @Test
    void aCollectorThatIsAwayForAMomentLosesNothing() {
        try (var collector = TestCollector.refusing(2);
                var sending = new Sending(collector, Duration.ofMillis(1))) {
            sending.end(1);
            sending.flush();
            assertThat(collector.requests()).isEqualTo(3);
        }
        assertThat(losses.total()).isZero();
    }

    @Test
    void whatACollectorDoesNotTakeInTheEndIsCounted() {
        try (var collector = TestCollector.refusing(Integer.MAX_VALUE);
                var sending = new Sending(collector, Duration.ofMinutes(10))) {
            sending.end(3);
            sending.delivery.hurry();
            sending.flush();
            assertThat(losses.total()).isEqualTo(3);
        }
    }

    /// Were there no limit, a member would run out of memory by the traces that nobody takes.
    @Test
    void onlySoManySpansWaitAndTheRestIsCounted() {
        var held = new HeldExporter();
        try (var sending = new Sending(held, Duration.ofMillis(1))) {
            sending.end(10 * Backlog.MOST);
            assertThat(sending.delivery.waiting()).isEqualTo(Backlog.MOST);
            assertThat(losses.total()).isEqualTo(9 * Backlog.MOST);
            held.permits.release(1000);
            sending.flush();
            assertThat(held.taken).hasValue(Backlog.MOST);
            sending.end(1);
            sending.flush();
            assertThat(held.taken).hasValue(Backlog.MOST + 1);
        }
        assertThat(losses.total()).isEqualTo(9 * Backlog.MOST);
    }

    @Test
    void closingDoesNotWaitForACollectorThatDoesNotAnswer() {
        var permits = new Semaphore(0);
        try (var collector = TestCollector.answering(permits)) {
            var tracing = CollectorTracing.start(everythingTo(collector), Duration.ofMillis(100));
            tracing.request("r", _ -> Optional.empty()).end();
            tracing.close();
            permits.release(1000);
        }
    }

    @Test
    void whatWasNotToldYetIsToldBeforeTheEnd() {
        try (var collector = TestCollector.start()) {
            var tracing = CollectorTracing.start(everythingTo(collector), Duration.ofMinutes(1));
            tracing.request("r", _ -> Optional.empty()).end();
            tracing.close();
            assertThat(collector.spans()).extracting(ToldSpan::name).containsExactly("r");
        }
    }

    private static TracingConfig.On everythingTo(TestCollector collector) {
        return new TracingConfig.On(Collector.parse(collector.address()), "s", "", 1_000_000);
    }

    /// Takes a batch for each permit.
    private static final class HeldExporter implements SpanExporter {
        final Semaphore permits = new Semaphore(0);
        final AtomicInteger taken = new AtomicInteger();

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            permits.acquireUninterruptibly();
            taken.addAndGet(spans.size());
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    private final class Sending implements AutoCloseable {
        final Delivery delivery;
        private final SdkTracerProvider provider;

        Sending(TestCollector collector, Duration pause) {
            this(
                    OtlpGrpcSpanExporter.builder()
                            .setEndpoint("http://" + collector.address())
                            .build(),
                    pause);
        }

        Sending(SpanExporter exporter, Duration pause) {
            delivery = new Delivery(exporter, losses, pause);
            provider = SdkTracerProvider.builder()
                    .addSpanProcessor(Backlog.before(delivery, losses))
                    .build();
        }

        void end(int spans) {
            var tracer = provider.get("test");
            for (int i = 0; i < spans; i++) {
                tracer.spanBuilder("s").startSpan().end();
            }
        }

        /// Until nothing waits. Asked for twice in a row, the library may take the second time for the first.
        void flush() {
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
                var _ = provider.forceFlush().join(1, TimeUnit.MINUTES);
                return delivery.waiting() == 0;
            });
        }

        @Override
        public void close() {
            delivery.hurry();
            var _ = delivery.shutdown();
            var _ = provider.shutdown().join(1, TimeUnit.MINUTES);
        }
    }
}
