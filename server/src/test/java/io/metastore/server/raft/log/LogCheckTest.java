package io.metastore.server.raft.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.ratis.server.protocol.TermIndex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogCheckTest {
    @TempDir
    Path group;

    @Test
    void aMemberThatNeverRanPasses() {
        assertThat(run(-1).isEmpty()).isTrue();
    }

    @Test
    void theLogMayBeginRightBehindTheAppliedEntry() throws IOException {
        log(3, 3);

        assertThat(run(99).first()).isEqualTo(100);
    }

    @Test
    void aGapBetweenTheAppliedEntryAndTheLogIsRefused() throws IOException {
        log(3, 3);

        assertThatThrownBy(() -> run(98))
                .isInstanceOf(UnusableLogException.class)
                .hasMessageContaining("entry 99")
                .hasMessageContaining("begins with entry 100");
    }

    @Test
    void aTermOlderThanTheLastEntryIsRefused() throws IOException {
        log(3, 2);

        assertThatThrownBy(() -> run(120))
                .isInstanceOf(UnusableLogException.class)
                .hasMessageContaining("says term 2, but the entry is of term 3");
    }

    @Test
    void aTermNewerThanTheLastEntryPasses() throws IOException {
        log(3, 7);

        assertThat(run(120).last()).isEqualTo(TermIndex.valueOf(3, 105));
    }

    @Test
    void aMissingOrDamagedTermFileIsRefused() throws IOException {
        log(3, 3);
        var meta = group.resolve("current").resolve("raft-meta");

        Files.writeString(meta, "term=x\n");
        assertThatThrownBy(() -> run(120)).hasMessageContaining("damaged");
        Files.delete(meta);
        assertThatThrownBy(() -> run(120)).hasMessageContaining("missing");
    }

    private void log(long entryTerm, long metaTerm) throws IOException {
        var files = new LogFiles(group);
        files.open(100, 105, entryTerm);
        files.meta(metaTerm);
    }

    private CheckedLog run(long applied) {
        return LogCheck.run(group, new Evidence(TermIndex.INITIAL_VALUE, applied), Depth.FULL);
    }
}
