package io.metastore.server.raft.watchdog;

import static io.metastore.server.raft.watchdog.Seen.LIMITS;
import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.raft.watchdog.Action.Halt;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StalledDiskTest {
    private static final Pulse.State FINE = new Pulse.State(0, "");
    private static final LogProgress IDLE = new LogProgress(10, 10, false);

    private final StalledDisk rule = new StalledDisk(LIMITS);

    @Test
    void anIdleLogIsNotStalled() {
        for (var now = 0; now < 60_000; now += 200) {
            assertThat(examine(IDLE, now)).isEmpty();
        }
    }

    @Test
    void aBusyLogThatMovesIsNotStalled() {
        for (var now = 0; now < 60_000; now += 200) {
            assertThat(examine(new LogProgress(now + 100, now / 3000, false), now))
                    .isEmpty();
        }
    }

    @Test
    void aLogThatWaitsForTheDiskTooLongIsStalled() {
        var waiting = new LogProgress(11, 10, false);
        for (var now = 0; now <= 4_000; now += 200) {
            assertThat(examine(waiting, now)).isEmpty();
        }

        assertThat(examine(waiting, 4_200).orElseThrow())
                .isInstanceOf(Halt.class)
                .extracting(Action::why)
                .isEqualTo("entry 11 of the log has waited for the disk for 4200 ms");
    }

    @Test
    void aCheckpointBeingInstalledIsNoStall() {
        for (var now = 0; now < 60_000; now += 200) {
            assertThat(examine(new LogProgress(11, 10, true), now)).isEmpty();
        }
    }

    @Test
    void aSmallWriteThatFailsOrHangsHalts() {
        var failed = new Pulse.State(0, "java.io.IOException: Input/output error");
        var hanging = new Pulse.State(4_001, "");

        assertThat(rule.examine(new Rules.Looks(FINE, FINE, failed), IDLE, 0)).containsInstanceOf(Halt.class);
        assertThat(rule.examine(new Rules.Looks(FINE, FINE, hanging), IDLE, 0)).containsInstanceOf(Halt.class);
    }

    @Test
    void aLogWhoseLockIsHeldByAWaitingWriterHalts() {
        var hanging = new Pulse.State(4_001, "");

        assertThat(rule.examine(new Rules.Looks(FINE, hanging, FINE), IDLE, 0)).containsInstanceOf(Halt.class);
        assertThat(rule.examine(new Rules.Looks(FINE, hanging, FINE), new LogProgress(10, 10, true), 0))
                .isEmpty();
    }

    @Test
    void ratisThatNeverAnswersHalts() {
        var hanging = new Pulse.State(30_001, "");

        assertThat(new Rules(LIMITS).examineDisk(new Rules.Looks(hanging, FINE, FINE), IDLE, 0))
                .containsInstanceOf(Halt.class);
    }

    private Optional<Action> examine(LogProgress log, long now) {
        return rule.examine(new Rules.Looks(FINE, FINE, FINE), log, now);
    }
}
