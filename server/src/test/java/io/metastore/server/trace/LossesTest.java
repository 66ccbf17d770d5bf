package io.metastore.server.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LossesTest {
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000); // It may wrap around.
    private final Losses losses = new Losses(clock::get);

    @Test
    void nothingIsSaidWithoutALoss() {
        assertThat(losses.due()).isEmpty();
    }

    @Test
    void theFirstLossIsToldAtOnceAndLaterOnesTogetherAMinuteLater() {
        losses.add(3);
        assertThat(losses.due()).contains(3L);
        losses.add(4);
        clock.addAndGet(Duration.ofSeconds(59).toNanos());
        assertThat(losses.due()).isEmpty();
        losses.add(5);
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(losses.due()).contains(9L);
        assertThat(losses.due()).isEmpty();
    }
}
