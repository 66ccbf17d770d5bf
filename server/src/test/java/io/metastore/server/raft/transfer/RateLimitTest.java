package io.metastore.server.raft.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.seed.Seed;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final long RATE = 1_000_000;

    /// Close to where the clock's numbers begin again.
    private long now = Long.MAX_VALUE - Duration.ofSeconds(3).toNanos();

    @Test
    void whoeverSendsWithoutPauseSendsAtTheRate() {
        var limit = new RateLimit(RATE, () -> now);
        long begin = now;
        for (int chunk = 0; chunk < 100; chunk++) {
            now += limit.take(100_000);
        }

        // The last chunk may begin when those before it are through, less what may come in one heap.
        assertThat(Duration.ofNanos(now - begin)).isEqualTo(Duration.ofMillis(9_900 - 100));
    }

    @Test
    void allShareOneRate() {
        var limit = new RateLimit(RATE, () -> now);
        var random = Seed.random();
        long[] free = {now, now, now};
        long sent = 0;
        long end = now + Duration.ofSeconds(20).toNanos();
        long begin = now;
        while (now - end < 0) {
            for (int sender = 0; sender < free.length; sender++) {
                if (free[sender] - now <= 0) {
                    int bytes = random.nextInt(1, 50_000);
                    free[sender] = now + limit.take(bytes);
                    sent += bytes;
                }
            }
            now += Duration.ofMillis(1).toNanos();
        }

        double seconds = (now - begin) / 1e9;
        assertThat((double) sent).isBetween(RATE * seconds, RATE * (seconds + 0.1) + (free.length + 1) * 50_000);
    }

    @Test
    void whatWasNotSentForLongMayNotComeInOneHeap() {
        var limit = new RateLimit(RATE, () -> now);
        now += Duration.ofHours(1).toNanos();

        assertThat(limit.take(100_000)).isZero();
        assertThat(limit.take(100_000)).isZero();
        assertThat(limit.take(100_000)).isEqualTo(Duration.ofMillis(100).toNanos());
    }

    @Test
    void whoeverComesLateMakesUpForIt() {
        var limit = new RateLimit(RATE, () -> now);
        limit.take(200_000);
        now += limit.take(100_000) + Duration.ofMillis(50).toNanos();

        assertThat(limit.take(100_000)).isEqualTo(Duration.ofMillis(50).toNanos());
    }

    @Test
    void withoutALimitNobodyWaits() {
        var limit = new RateLimit(RateLimit.NONE, () -> now);

        for (int i = 0; i < 100; i++) {
            assertThat(limit.take(Integer.MAX_VALUE)).isZero();
        }
        assertThatThrownBy(() -> new RateLimit(-1, () -> now)).isInstanceOf(IllegalArgumentException.class);
    }
}
