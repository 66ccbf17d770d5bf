package io.metastore.server.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CompactionScheduleTest {
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    /// In these tests the store's revision is 1 at the start and grows by one with every interval: after `n`
    /// intervals it is `n + 1`, and the note made then is `n + 1` too.
    private record Compacted(long interval, long revision) {}

    @Test
    void nothingIsCompactedWhenItIsOff() {
        var schedule = CompactionSchedule.of(new CompactionPolicy.Off(), 0, 1);

        assertThat(schedule.tick(Long.MAX_VALUE, 100, true)).isEmpty();
    }

    @Test
    void anHourIsCompactedEveryHourToTheRevisionOfAnHourAgo() {
        var schedule = schedule(Duration.ofHours(1));
        assertThat(schedule.intervalMillis()).isEqualTo(6 * MINUTE);

        // After ten intervals the oldest note is the first; from then on eleven are kept, the oldest is from eleven
        // ago.
        assertThat(run(schedule, 1, 40))
                .containsExactly(
                        new Compacted(10, 1), new Compacted(20, 10), new Compacted(30, 20), new Compacted(40, 30));
    }

    @Test
    void aDayIsCompactedEveryHourToTheRevisionOfADayAgo() {
        var schedule = schedule(Duration.ofHours(24));
        assertThat(schedule.intervalMillis()).isEqualTo(6 * MINUTE);

        assertThat(run(schedule, 1, 265))
                .containsExactly(new Compacted(240, 1), new Compacted(250, 10), new Compacted(260, 20));
    }

    @Test
    void aShortPeriodIsItsOwnPause() {
        var schedule = schedule(Duration.ofSeconds(5));
        assertThat(schedule.intervalMillis()).isEqualTo(500);

        assertThat(run(schedule, 1, 20)).containsExactly(new Compacted(10, 1), new Compacted(20, 10));
    }

    @Test
    void aCompactionThatDidNotSucceedIsTriedAgainAtTheNextNote() {
        var schedule = schedule(Duration.ofHours(1));
        run(schedule, 1, 9);

        assertThat(tick(schedule, 10)).hasValue(1);
        assertThat(tick(schedule, 11)).hasValue(1);
        assertThat(tick(schedule, 12)).hasValue(2);
        schedule.compacted(12 * schedule.intervalMillis(), 2);

        assertThat(run(schedule, 13, 22)).containsExactly(new Compacted(22, 12));
    }

    @Test
    void whoDoesNotLeadTakesNotesAndKnowsTheOldRevisionOnceItLeads() {
        var schedule = schedule(Duration.ofHours(1));
        for (long interval = 1; interval < 25; interval++) {
            assertThat(schedule.tick(interval * schedule.intervalMillis(), interval + 1, false))
                    .isEmpty();
        }

        assertThat(tick(schedule, 25)).hasValue(15);
    }

    @Test
    void anUnchangedRevisionIsNotCompactedTwice() {
        var schedule = schedule(Duration.ofHours(1));
        var compacted = new ArrayList<Long>();
        for (long interval = 1; interval <= 60; interval++) {
            long now = interval * schedule.intervalMillis();
            schedule.tick(now, 1, true).ifPresent(revision -> {
                compacted.add(revision);
                schedule.compacted(now, revision);
            });
        }

        assertThat(compacted).containsExactly(1L);
    }

    @Test
    void theNewestRevisionsAreKept() {
        var schedule = CompactionSchedule.of(new CompactionPolicy.Revisions(100), 0, 1);
        assertThat(schedule.intervalMillis()).isEqualTo(5 * MINUTE);

        assertThat(schedule.tick(1, 100, true)).isEmpty();
        assertThat(schedule.tick(2, 150, true)).hasValue(50);
        assertThat(schedule.tick(3, 150, true)).hasValue(50);
        schedule.compacted(3, 50);
        assertThat(schedule.tick(4, 150, true)).isEmpty();
        assertThat(schedule.tick(5, 151, false)).isEmpty();
        assertThat(schedule.tick(6, 151, true)).hasValue(51);
    }

    @Test
    void policiesThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new CompactionPolicy.Periodic(Duration.ofMillis(9)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CompactionPolicy.Periodic(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CompactionPolicy.Revisions(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static CompactionSchedule schedule(Duration period) {
        return CompactionSchedule.of(new CompactionPolicy.Periodic(period), 0, 1);
    }

    /// The compactions between two intervals, both inclusive, of which all succeed.
    private static List<Compacted> run(CompactionSchedule schedule, long from, long to) {
        var compacted = new ArrayList<Compacted>();
        for (long interval = from; interval <= to; interval++) {
            var due = tick(schedule, interval);
            if (due.isPresent()) {
                compacted.add(new Compacted(interval, due.getAsLong()));
                schedule.compacted(interval * schedule.intervalMillis(), due.getAsLong());
            }
        }
        return compacted;
    }

    private static OptionalLong tick(CompactionSchedule schedule, long interval) {
        return schedule.tick(interval * schedule.intervalMillis(), interval + 1, true);
    }
}
