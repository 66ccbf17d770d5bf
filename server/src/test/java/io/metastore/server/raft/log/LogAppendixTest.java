package io.metastore.server.raft.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.apache.ratis.server.protocol.TermIndex;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogAppendixTest {
    private static final Evidence FLUSHED_BEFORE = new Evidence(TermIndex.valueOf(2, 14), -1);

    @TempDir
    Path group;

    private LogFiles files;

    @BeforeEach
    void make() throws IOException {
        files = new LogFiles(group);
    }

    @Test
    void anEntryFollowsThoseOfTheOpenSegmentForRatisToo() throws IOException {
        var written = files.open(10, 14, 2);

        LogAppendix.add(group, LogFiles.entry(2, 15));

        assertThat(LogFiles.readByRatis(written.file())).containsExactly(10L, 11L, 12L, 13L, 14L, 15L);
        assertThat(mend()).isEqualTo(new CheckedLog(10, TermIndex.valueOf(2, 15), 0));
        assertThat(Files.size(written.file())).isEqualTo(LogFiles.PREALLOCATED);
    }

    @Test
    void aSegmentWithoutRoomGrows() throws IOException {
        var written = files.open(10, 14, 2);
        Files.write(written.file(), Arrays.copyOf(Files.readAllBytes(written.file()), written.end()));

        LogAppendix.add(group, LogFiles.entry(2, 15));

        assertThat(LogFiles.readByRatis(written.file())).hasSize(6);
    }

    @Test
    void behindClosedSegmentsAnOpenOneIsBegun() throws IOException {
        files.closed(10, 14, 2);

        LogAppendix.add(group, LogFiles.entry(2, 15));

        assertThat(LogFiles.readByRatis(files.current().resolve("log_inprogress_15")))
                .containsExactly(15L);
        assertThat(mend().last()).isEqualTo(TermIndex.valueOf(2, 15));
    }

    @Test
    void anEmptyLogBeginsWithIt() throws IOException {
        LogAppendix.add(group, LogFiles.entry(2, 15));

        assertThat(LogFiles.readByRatis(files.current().resolve("log_inprogress_15")))
                .containsExactly(15L);
    }

    @Test
    void anEntryThatIsNotTheNextIsRefusedAndNothingWritten() throws IOException {
        var written = files.open(10, 14, 2);
        var before = Files.readAllBytes(written.file());

        assertThatThrownBy(() -> LogAppendix.add(group, LogFiles.entry(2, 16)))
                .isInstanceOf(IllegalStateException.class);

        assertThat(Files.readAllBytes(written.file())).isEqualTo(before);
    }

    @Test
    void aCrashAtAnyByteLeavesTheLogAsItWasOrWithTheEntry() throws IOException {
        var written = files.open(10, 14, 2);
        int before = written.end();
        LogAppendix.add(group, LogFiles.entry(2, 15));
        var whole = Files.readAllBytes(written.file());
        int after = endOfRecords(whole);

        for (int kept = before; kept <= after; kept++) {
            Files.write(written.file(), Arrays.copyOf(Arrays.copyOf(whole, kept), whole.length));

            var last = mend().last().getIndex();

            boolean complete = Arrays.mismatch(Arrays.copyOf(Arrays.copyOf(whole, kept), whole.length), whole) < 0;
            assertThat(last).as("kept %s of %s", kept, after).isEqualTo(complete ? 15 : 14);
            assertThat(LogFiles.readByRatis(written.file()))
                    .isEqualTo(LongStream.rangeClosed(10, last).boxed().toList());
        }
    }

    @Test
    void aCrashAtAnyByteOfANewSegmentLeavesTheLogAsItWasOrWithTheEntry() throws IOException {
        files.closed(10, 14, 2);
        LogAppendix.add(group, LogFiles.entry(2, 15));
        var file = files.current().resolve("log_inprogress_15");
        var whole = Files.readAllBytes(file);

        for (int kept = 0; kept <= whole.length; kept++) {
            Files.write(file, Arrays.copyOf(whole, kept));

            assertThat(mend().last().getIndex()).as("kept %s", kept).isEqualTo(kept == whole.length ? 15 : 14);
        }
    }

    private static int endOfRecords(byte[] segment) {
        int end = segment.length;
        while (segment[end - 1] == 0) {
            end--;
        }
        return end;
    }

    private CheckedLog mend() {
        return new TornTail(group, FLUSHED_BEFORE, Depth.QUICK).mend();
    }
}
