package io.metastore.server.trace;

import io.metastore.server.config.TracingConfig;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells a collector, over gRPC. Spans wait in a queue of bounded length for a thread that sends them in batches; when
/// it is full they are lost, and no request ever waits for it.
public final class CollectorTracing implements Tracing {
    private static final Logger LOG = LoggerFactory.getLogger(CollectorTracing.class);
    private static final String SCOPE = "io.metastore.server";
    private static final int MOST_CHARACTERS = 1024;
    private static final Duration BEFORE_ANOTHER_ATTEMPT = Duration.ofSeconds(5);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final SdkTracerProvider provider;
    private final Delivery delivery;
    private final Duration lastWords;
    private final RecordedSpan.Means means;

    private CollectorTracing(SdkTracerProvider provider, Delivery delivery, Duration lastWords) {
        this.provider = provider;
        this.delivery = delivery;
        this.lastWords = lastWords;
        this.means = new RecordedSpan.Means(provider.get(SCOPE), ScopedValue.newInstance(), new NoSpan());
    }

    static CollectorTracing start(TracingConfig.On config) {
        return start(config, LAST_WORDS);
    }

    /// @param lastWords for how long the collector is waited for when this is closed
    static CollectorTracing start(TracingConfig.On config, Duration lastWords) {
        var exporter = OtlpGrpcSpanExporter.builder()
                .setEndpoint(config.collector().url())
                .setMeterProvider(MeterProvider.noop())
                .build();
        var losses = new Losses(System::nanoTime);
        var delivery = new Delivery(exporter, losses, BEFORE_ANOTHER_ATTEMPT);
        var provider = SdkTracerProvider.builder()
                .setResource(Resource.create(resource(config)))
                .setSampler(sampler(config))
                .setSpanLimits(SpanLimits.builder()
                        .setMaxAttributeValueLength(MOST_CHARACTERS)
                        .build())
                .addSpanProcessor(Backlog.before(delivery, losses))
                .build();
        LOG.atInfo()
                .addKeyValue("address", config.collector().address())
                .addKeyValue("service-name", config.service())
                .addKeyValue("service-instance-id", config.instance())
                .addKeyValue("sampling-rate", config.perMillion())
                .log("distributed tracing setup enabled");
        return new CollectorTracing(provider, delivery, lastWords);
    }

    private static Attributes resource(TracingConfig.On config) {
        var attributes = Attributes.builder().put("service.name", config.service());
        if (!config.instance().isEmpty()) {
            attributes.put("service.instance.id", config.instance());
        }
        return attributes.build();
    }

    /// What the client decided for its own trace holds. Chance decides by the trace's id, so that all members decide
    /// alike.
    private static Sampler sampler(TracingConfig.On config) {
        return Sampler.parentBased(
                config.perMillion() == 0 ? Sampler.alwaysOff() : Sampler.traceIdRatioBased(config.share()));
    }

    @Override
    public boolean isOn() {
        return true;
    }

    @Override
    public Span request(String name, Headers headers) {
        var parent = W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, Reading.HEADERS);
        var span = means.tracer()
                .spanBuilder(name)
                .setParent(parent)
                .setSpanKind(SpanKind.SERVER)
                .startSpan();
        return span.isRecording() ? new RecordedSpan(span, parent, means) : means.none();
    }

    @Override
    public Span current() {
        return means.current().orElse(means.none());
    }

    @Override
    public void close() {
        delivery.hurry();
        var end = provider.shutdown().join(lastWords.toMillis(), TimeUnit.MILLISECONDS);
        if (!end.isDone()) {
            // What is on its way fails at once, and so does all that waits behind it.
            var _ = delivery.shutdown();
            var _ = end.join(lastWords.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /// How the library reads headers.
    private enum Reading implements TextMapGetter<Headers> {
        HEADERS;

        /// It is asked by propagators of other kinds only.
        @Override
        public Iterable<String> keys(Headers headers) {
            return List.of();
        }

        @Override
        public @Nullable String get(@Nullable Headers headers, String key) {
            return Optional.ofNullable(headers).flatMap(sent -> sent.first(key)).orElse(null);
        }
    }
}
