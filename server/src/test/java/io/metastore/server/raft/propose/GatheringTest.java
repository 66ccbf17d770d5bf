package io.metastore.server.raft.propose;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GatheringTest {
    private static final long NOW = -500; // It may be negative, and rise above zero.
    private static final long LONG_AGO = Duration.ofSeconds(1).toNanos();

    private final Gathering gathering = new Gathering();

    @Test
    void atFirstNobodyIsWaitedFor() {
        assertThat(gathering.isComplete(1, NOW)).isTrue();
    }

    @Test
    void aLoneSenderIsNeverWaitedFor() {
        gathering.done(1, 0, LONG_AGO, NOW);

        assertThat(gathering.isComplete(1, NOW)).isTrue();
    }

    @Test
    void thoseThatWereAnsweredAndThoseThatWaitAreWaitedForButForOneInEight() {
        gathering.done(10, 6, LONG_AGO, NOW);

        assertThat(gathering.isComplete(13, NOW)).isFalse();
        assertThat(gathering.isComplete(14, NOW)).isTrue();
    }

    @Test
    void theWaitIsAQuarterOfWhatTheEntryTook() {
        gathering.done(10, 0, 4000, NOW);

        assertThat(gathering.remainingNanos(NOW)).isEqualTo(1000);
        assertThat(gathering.isComplete(1, NOW + 999)).isFalse();
        assertThat(gathering.isComplete(1, NOW + 1000)).isTrue();
    }

    @Test
    void theWaitIsTwoMillisecondsAtMost() {
        gathering.done(10, 0, LONG_AGO, NOW);

        assertThat(gathering.remainingNanos(NOW)).isEqualTo(Duration.ofMillis(2).toNanos());
    }
}
