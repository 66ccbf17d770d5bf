package io.metastore.server.raft.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.raft.log.LogFiles.Written;
import io.metastore.server.seed.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.ratis.server.protocol.TermIndex;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The open segment: what a crash leaves of it, and what only damage does.
class TornTailTest {
    private static final Evidence NOTHING_KNOWN = new Evidence(TermIndex.INITIAL_VALUE, -1);
    private static final Evidence ALL_FLUSHED = new Evidence(TermIndex.valueOf(2, 14), -1);

    @TempDir
    Path group;

    private LogFiles files;
    private Written written;
    private byte[] whole;

    @BeforeEach
    void fiveEntriesAreInTheOpenSegment() throws IOException {
        files = new LogFiles(group);
        written = files.open(10, 14, 2);
        whole = Files.readAllBytes(written.file());
    }

    @Test
    void aCleanEndIsLeftAsItIs() throws IOException {
        var log = mend(ALL_FLUSHED);

        assertThat(log).isEqualTo(new CheckedLog(10, TermIndex.valueOf(2, 14), 0));
        assertThat(Files.readAllBytes(written.file())).isEqualTo(whole);
    }

    @Test
    void aSegmentWithoutPreallocatedSpaceIsClean() throws IOException {
        Files.write(written.file(), Arrays.copyOf(whole, written.end()));

        assertThat(mend(ALL_FLUSHED).last()).isEqualTo(TermIndex.valueOf(2, 14));
    }

    @Test
    void ratisAloneRefusesATornWriteThatTheCheckCutsOff() throws IOException {
        var torn = Arrays.copyOf(Arrays.copyOf(whole, written.startOfLast() + 30), whole.length);
        Files.write(written.file(), torn);
        assertThatThrownBy(() -> LogFiles.readByRatis(written.file())).hasMessageContaining("checksum");

        var log = mend(NOTHING_KNOWN);

        assertThat(log.cutBytes()).isEqualTo(whole.length - written.startOfLast());
        assertThat(LogFiles.readByRatis(written.file())).isEqualTo(entries(13));
    }

    @Test
    void theLastRecordMayEndAtAnyByte() throws IOException {
        for (var kept = written.startOfLast(); kept <= written.end(); kept++) {
            for (var size : List.of(kept, whole.length)) {
                var torn = Arrays.copyOf(Arrays.copyOf(whole, kept), size);
                Files.write(written.file(), torn);

                var log = mend(NOTHING_KNOWN);

                var complete = Arrays.mismatch(torn, Arrays.copyOf(whole, written.end())) >= written.end()
                        || kept == written.end();
                assertThat(log.last().getIndex()).as("kept %s", kept).isEqualTo(complete ? 14 : 13);
                assertThat(LogFiles.readByRatis(written.file())).isEqualTo(entries(complete ? 14 : 13));
            }
        }
    }

    @Test
    void aFlippedBitInAFlushedEntryIsRefusedEvenWhereRatisSeesNone() throws IOException {
        whole = Arrays.copyOf(whole, written.end());
        var overlooked = 0;
        for (var at = 0; at < written.end(); at++) {
            for (var bit : List.of(0x01, 0x10, 0x80)) {
                var damaged = flipped(at, bit);
                overlooked += isReadByRatis() ? 1 : 0;

                assertRefused(ALL_FLUSHED);

                assertThat(Files.readAllBytes(written.file())).isEqualTo(damaged);
            }
        }
        assertThat(overlooked)
                .as("cases in which Ratis drops entries without an error")
                .isPositive();
    }

    @Test
    void aFlippedBitInAnAppliedEntryIsRefused() throws IOException {
        flipped(written.startOfLast() + 20, 0x01);

        assertRefused(new Evidence(TermIndex.INITIAL_VALUE, 14));
    }

    @Test
    void aFlippedBitInAnEntryNobodyKnowsOfIsATornWrite() throws IOException {
        for (var at = written.startOfLast(); at < written.end(); at++) {
            flipped(at, 0x40);

            assertThat(mend(new Evidence(TermIndex.valueOf(2, 13), 13)).last().getIndex())
                    .isEqualTo(13);
        }
    }

    @Test
    void aBadRecordBeforeValidOnesIsRefusedWhateverIsKnown() throws IOException {
        for (var at = 0; at < written.startOfLast(); at++) {
            flipped(at, 0x04);

            assertRefused(NOTHING_KNOWN);
        }
    }

    @Test
    void aHoleOfZerosBeforeValidRecordsIsRefused() throws IOException {
        var hole = whole.clone();
        Arrays.fill(hole, written.ends().get(1), written.ends().get(3), (byte) 0);
        Files.write(written.file(), hole);

        assertRefused(NOTHING_KNOWN);
    }

    @Test
    void ratisAloneDropsASegmentWhoseHeaderIsZeroedAndTheCheckRefusesIt() throws IOException {
        var headless = whole.clone();
        Arrays.fill(headless, 0, Segment.HEADER, (byte) 0);
        Files.write(written.file(), headless);
        assertThat(LogFiles.readByRatis(written.file())).isEmpty();

        assertRefused(NOTHING_KNOWN);
    }

    @Test
    void aHeaderThatIsNotWholeAndNothingAfterItIsATornWrite() throws IOException {
        for (var kept = 0; kept < Segment.HEADER; kept++) {
            Files.write(written.file(), Arrays.copyOf(Arrays.copyOf(whole, kept), whole.length));

            assertThat(mend(NOTHING_KNOWN).isEmpty()).isTrue();
            assertThat(written.file()).hasSize(0);
        }
    }

    @Test
    void garbageBehindTheLastRecordIsCutOff() throws IOException {
        var random = Seed.random();
        for (var round = 0; round < 200; round++) {
            var garbage = whole.clone();
            var from = written.end() + random.nextInt(100);
            for (var at = from; at < from + 1 + random.nextInt(300); at++) {
                garbage[at] = (byte) random.nextInt(1, 256);
            }
            Files.write(written.file(), garbage);

            assertThat(mend(ALL_FLUSHED).last().getIndex()).isEqualTo(14);
            assertThat(LogFiles.readByRatis(written.file())).isEqualTo(entries(14));
        }
    }

    @Test
    void aCleanEndBeforeAFlushedEntryIsRefused() {
        assertRefused(new Evidence(TermIndex.valueOf(2, 15), 12));
    }

    @Test
    void aFlushedEntryThatANewerLeaderCutOffIsNotMissed() {
        var log = mend(new Evidence(TermIndex.valueOf(1, 20), 12));

        assertThat(log.last().getIndex()).isEqualTo(14);
    }

    @Test
    void aLogThatEndsBeforeAnInstalledCheckpointIsLeftToRatis() {
        var log = mend(new Evidence(TermIndex.valueOf(2, 20), 900));

        assertThat(log.last().getIndex()).isEqualTo(14);
    }

    @Test
    void aMissingLogIsRefusedWhenEntriesWereFlushed() throws IOException {
        Files.delete(written.file());

        assertRefused(ALL_FLUSHED);
        assertThat(mend(NOTHING_KNOWN).isEmpty()).isTrue();
    }

    @Test
    void theRefusalNamesTheFileTheEntryAndTheWayOut() throws IOException {
        flipped(written.startOfLast() + 20, 0x01);

        assertThatThrownBy(() -> mend(ALL_FLUSHED))
                .isInstanceOfSatisfying(UnusableLogException.class, refused -> {
                    assertThat(refused.file()).isEqualTo(written.file());
                    assertThat(refused.index()).isEqualTo(14);
                })
                .hasMessageContaining("log_inprogress_10, entry 14")
                .hasMessageContaining("remove it from the cluster");
    }

    private CheckedLog mend(Evidence evidence) {
        return new TornTail(group, evidence, Depth.QUICK).mend();
    }

    private void assertRefused(Evidence evidence) {
        assertThatThrownBy(() -> mend(evidence)).isInstanceOf(UnusableLogException.class);
    }

    private byte[] flipped(int at, int bits) throws IOException {
        var damaged = whole.clone();
        damaged[at] ^= (byte) bits;
        Files.write(written.file(), damaged);
        return damaged;
    }

    private boolean isReadByRatis() {
        try {
            LogFiles.readByRatis(written.file());
            return true;
        } catch (IOException | IllegalStateException e) {
            return false;
        }
    }

    private static List<Long> entries(long last) {
        return LongStream.rangeClosed(10, last).boxed().toList();
    }
}
