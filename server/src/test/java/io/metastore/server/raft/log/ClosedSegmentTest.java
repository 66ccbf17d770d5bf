package io.metastore.server.raft.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.ratis.server.protocol.TermIndex;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClosedSegmentTest {
    private static final Evidence NOTHING_KNOWN = new Evidence(TermIndex.INITIAL_VALUE, -1);

    @TempDir
    Path group;

    private LogFiles files;

    @BeforeEach
    void aGroup() throws IOException {
        files = new LogFiles(group);
    }

    @ParameterizedTest
    @EnumSource
    void segmentsThatJoinArePassed(Depth depth) throws IOException {
        files.closed(0, 4, 1);
        files.closed(5, 9, 2);
        files.open(10, 12, 2);

        assertThat(mend(NOTHING_KNOWN, depth)).isEqualTo(new CheckedLog(0, TermIndex.valueOf(2, 12), 0));
    }

    @Test
    void readWholeEveryFlippedBitIsRefused() throws IOException {
        var file = files.closed(0, 4, 1);
        var whole = Files.readAllBytes(file);
        files.open(5, 6, 1);
        for (var at = 0; at < whole.length; at++) {
            var damaged = whole.clone();
            damaged[at] ^= 0x02;
            Files.write(file, damaged);

            assertRefused(NOTHING_KNOWN, Depth.FULL);
        }
    }

    @Test
    void readQuicklyNothingIsPassedThatRatisOverlooks() throws IOException {
        var file = files.closed(0, 4, 1);
        var whole = Files.readAllBytes(file);
        files.open(5, 6, 1);
        var overlooked = 0;
        for (var at = 0; at < whole.length; at++) {
            for (var bit = 0; bit < Byte.SIZE; bit++) {
                var damaged = whole.clone();
                damaged[at] ^= (byte) (1 << bit);
                Files.write(file, damaged);
                if (isReadByRatis(file)) {
                    overlooked++;
                    assertRefused(NOTHING_KNOWN, Depth.QUICK);
                }
            }
        }
        assertThat(overlooked)
                .as("cases in which Ratis drops entries without an error")
                .isPositive();
    }

    @Test
    void ratisAloneAcceptsAShortClosedSegmentThatTheCheckRefuses() throws IOException {
        var file = files.closed(0, 4, 1);
        cut(file, files.open(100, 103, 1).end());
        Files.delete(files.current().resolve("log_inprogress_100"));
        assertThat(LogFiles.readByRatis(file)).hasSizeLessThan(5);

        assertRefused(new Evidence(TermIndex.valueOf(1, 4), -1), Depth.QUICK);
    }

    @Test
    void anInterruptedTruncationIsEnded() throws IOException {
        var shorter = Files.size(files.closed(0, 2, 1));
        Files.delete(files.current().resolve("log_0-2"));
        cut(files.closed(0, 4, 1), shorter);

        var log = mend(new Evidence(TermIndex.valueOf(1, 2), 2), Depth.QUICK);

        assertThat(log.last()).isEqualTo(TermIndex.valueOf(1, 2));
        assertThat(LogFiles.readByRatis(files.current().resolve("log_0-2"))).hasSize(3);
        assertThat(files.current().resolve("log_0-4")).doesNotExist();
    }

    @Test
    void aShortSegmentBeforeAnotherOneIsRefused() throws IOException {
        var shorter = Files.size(files.closed(0, 2, 1));
        Files.delete(files.current().resolve("log_0-2"));
        cut(files.closed(0, 4, 1), shorter);
        files.open(5, 6, 1);

        assertRefused(NOTHING_KNOWN, Depth.QUICK);
    }

    @Test
    void anInterruptedPurgeIsEnded() throws IOException {
        var oldest = files.closed(0, 4, 1);
        files.open(15, 18, 2);

        var log = mend(new Evidence(TermIndex.valueOf(2, 18), 14), Depth.QUICK);

        assertThat(log.first()).isEqualTo(15);
        assertThat(oldest).doesNotExist();
    }

    @Test
    void aMissingSegmentIsRefusedWhenNotAllOfItIsApplied() throws IOException {
        var oldest = files.closed(0, 4, 1);
        files.open(15, 18, 2);

        assertRefused(new Evidence(TermIndex.valueOf(2, 18), 13), Depth.QUICK);
        assertThat(oldest).exists();
    }

    @Test
    void aTermThatGoesDownIsRefused() throws IOException {
        files.closed(0, 4, 3);
        files.open(5, 6, 2);

        assertRefused(NOTHING_KNOWN, Depth.FULL);
    }

    private CheckedLog mend(Evidence evidence, Depth depth) {
        return new TornTail(group, evidence, depth).mend();
    }

    private void assertRefused(Evidence evidence, Depth depth) {
        assertThatThrownBy(() -> mend(evidence, depth)).isInstanceOf(UnusableLogException.class);
    }

    private static void cut(Path file, long size) throws IOException {
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) size));
    }

    /// Ratis reports no error and yet not all entries.
    private static boolean isReadByRatis(Path file) {
        try {
            return LogFiles.readByRatis(file).size() < 5;
        } catch (IOException | IllegalStateException e) {
            return false;
        }
    }
}
