package io.metastore.server.raft.slow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class GrowingLogTest {
    private static final long GIB = 1L << 30;

    private final List<Warning> told = new ArrayList<>();
    private final GrowingLog log = new GrowingLog(told::add);

    @Test
    void itIsToldFromAGibibyteOnAtEachDoublingAndWhenItIsOver() {
        for (long bytes : new long[] {0, GIB - 1, GIB, GIB + GIB / 2, 2 * GIB, 9 * GIB, 15 * GIB, GIB, 0, GIB}) {
            log.look(bytes, bytes / 100);
        }

        assertThat(told)
                .extracting(warning -> warning.fields().get("bytes"))
                .containsExactly(GIB, 2 * GIB, 9 * GIB, 0L, GIB);
        assertThat(told)
                .extracting(Warning::level)
                .containsExactly(Level.WARN, Level.WARN, Level.WARN, Level.INFO, Level.WARN);
        assertThat(told.getFirst().text()).contains("bring that one back, or remove it");
    }
}
