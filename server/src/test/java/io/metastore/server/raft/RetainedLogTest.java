package io.metastore.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.raft.log.LogFiles;
import io.metastore.server.raft.slow.GrowingLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetainedLogTest {
    private long needed = 20;
    private long now;
    private long closed;
    private long open;

    private final RetainedLog retained;

    RetainedLogTest(@TempDir Path group) throws IOException {
        var files = new LogFiles(group);
        files.closed(0, 9, 1);
        closed = Files.size(files.closed(10, 14, 1));
        open = Files.size(files.open(15, 20, 1).file());
        retained = new RetainedLog(new RetainedLog.Log(() -> 20, () -> needed), group, () -> now, GrowingLog.inLog());
    }

    @BeforeEach
    void look() {
        retained.tick();
    }

    @Test
    void whatEverybodyHasCountsNothing() {
        assertThat(retained.size()).isEqualTo(new RetainedLog.Size(0, 0));
    }

    @Test
    void segmentsCountThatHoldWhatSomebodyLacks() {
        needed = 12;
        now += TimeUnit.SECONDS.toNanos(10);
        retained.tick();

        assertThat(retained.size()).isEqualTo(new RetainedLog.Size(closed + open, 8));
    }

    @Test
    void itIsLookedAtEveryTenSeconds() {
        needed = 12;
        now += TimeUnit.SECONDS.toNanos(10) - 1;
        retained.tick();

        assertThat(retained.size().entries()).isZero();
    }
}
