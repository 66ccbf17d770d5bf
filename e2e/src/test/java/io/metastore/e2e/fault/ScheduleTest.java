package io.metastore.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void aSeedRepeatsIt() {
        assertThat(new Schedule(7, true).next(50)).isEqualTo(new Schedule(7, true).next(50));
        assertThat(new Schedule(7, true).next(50)).isNotEqualTo(new Schedule(8, true).next(50));
    }

    @Test
    void eachKindComesBeforeAnyComesAgain() {
        var schedule = new Schedule(7, true);

        assertThat(schedule.next(Fault.values().length)).containsExactlyInAnyOrder(Fault.values());
        assertThat(schedule.next(Fault.values().length)).containsExactlyInAnyOrder(Fault.values());
    }

    @Test
    void withoutDisksTheirFaultsAreLeftOut() {
        assertThat(new Schedule(7, false).next(100)).doesNotContain(Fault.SLOW_DISK, Fault.FULL_DISK);
    }
}
