package io.metastore.server.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.config.Collector;
import io.metastore.server.config.TracingConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a thread works for. The collector is not there, and nobody asks for it.
class CurrentSpanTest {
    private final Tracing tracing = CollectorTracing.start(
            new TracingConfig.On(Collector.parse("127.0.0.1:1"), "s", "", 0), Duration.ofMillis(1));
    private final Span request = followed();

    @AfterEach
    void close() {
        tracing.close();
    }

    /// Of a client that wants it.
    private Span followed() {
        return tracing.request(
                "r",
                name -> Optional.ofNullable(Map.of("traceparent", Tour.KEPT).get(name)));
    }

    @Test
    void outsideOfARequestThereIsNone() {
        assertThat(request.isRecorded()).isTrue();
        assertThat(tracing.current().isRecorded()).isFalse();
        request.within(() -> assertThat(tracing.current()).isSameAs(request));
        assertThat(tracing.current().isRecorded()).isFalse();
    }

    @Test
    void anExecutorTakesItAlong() {
        var tasks = new ArrayList<Runnable>();
        request.over(tasks::add).execute(() -> assertThat(tracing.current()).isSameAs(request));

        assertThat(tasks).hasSize(1);
        tasks.forEach(Runnable::run);
    }

    /// Or what is done for another request, that nobody follows, would be told as a part of this one.
    @Test
    void whatIsDoneForOthersBesidesIsNoPartOfIt() {
        request.within(() ->
                request.aside(() -> assertThat(tracing.current().isRecorded()).isFalse()));
    }

    @Test
    void aRequestOfAClientThatSaysNothingIsNotFollowedWithARateOfZero() {
        assertThat(tracing.request("r", _ -> Optional.empty()).isRecorded()).isFalse();
    }
}
