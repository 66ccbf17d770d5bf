package io.metastore.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final List<Fault> ALL = List.of(Fault.values());
    private static final int KINDS = 2 * ALL.size() - 1;

    @Test
    void aSeedRepeatsIt() {
        assertThat(new Schedule(7, ALL).next(50)).isEqualTo(new Schedule(7, ALL).next(50));
        assertThat(new Schedule(7, ALL).next(50)).isNotEqualTo(new Schedule(8, ALL).next(50));
    }

    @Test
    void eachKindComesBeforeAnyComesAgain() {
        var schedule = new Schedule(7, ALL);

        for (int time = 0; time < 2; time++) {
            assertThat(schedule.next(KINDS))
                    .doesNotHaveDuplicates()
                    .extracting(Incident::fault)
                    .containsOnly(Fault.values());
        }
    }

    @Test
    void eachFaultComesAloneAndWhileMembersChange() {
        assertThat(new Schedule(7, ALL).next(KINDS))
                .contains(Incident.alone(Fault.TORN_LOG), Incident.whileMembersChange(Fault.TORN_LOG))
                .contains(Incident.alone(Fault.MEMBERS_CHANGE))
                .doesNotContain(Incident.whileMembersChange(Fault.MEMBERS_CHANGE));
    }

    @Test
    void whatTheMachineLacksIsLeftOutAndTold() {
        var poor = new Means(false, Optional.empty());

        assertThat(poor.faults()).doesNotContain(Fault.SLOW_DISK, Fault.FULL_DISK, Fault.CLOCK_JUMP);
        assertThat(poor.leftOut())
                .containsExactly(
                        "left out, since only root can mount: [SLOW_DISK, FULL_DISK]",
                        "left out, since no library can stand in front of the program's C library: [CLOCK_JUMP]");
    }

    @Test
    void aSelectionHasEachFaultAloneOnOneEngineAndOnBothWhileMembersChange() {
        var first = Selection.share(0, 2, 7, ALL);
        var second = Selection.share(1, 2, 7, ALL);

        assertThat(alone(first)).doesNotContainAnyElementsOf(alone(second));
        assertThat(alone(first).size() + alone(second).size()).isEqualTo(ALL.size());
        assertThat(first.subList(0, alone(first).size())).isEqualTo(alone(first));
        assertThat(first).hasSize(alone(first).size() + ALL.size() - 1);
    }

    private static List<Incident> alone(List<Incident> incidents) {
        return incidents.stream().filter(incident -> !incident.membersChange()).toList();
    }
}
