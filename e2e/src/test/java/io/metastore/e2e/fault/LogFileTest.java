package io.metastore.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
    private static final int PREALLOCATED = 4096;

    @TempDir
    Path data;

    @Test
    void theBeginningOfOneMoreRecordIsWrittenBehindTheLastOne() throws IOException {
        var whole = segment(300, 200);
        var file = written("log_inprogress_12", whole);
        written("log_inprogress_5", segment(10));

        assertThat(LogFile.tear(data)).isTrue();

        var torn = Files.readAllBytes(file);
        int end = 8 + 2 + 300 + 4 + 2 + 200 + 4;
        int last = 8 + 2 + 300 + 4;
        assertThat(torn).hasSize(PREALLOCATED);
        assertThat(Arrays.copyOf(torn, end)).isEqualTo(Arrays.copyOf(whole, end));
        assertThat(Arrays.copyOfRange(torn, end, end + 30)).isEqualTo(Arrays.copyOfRange(whole, last, last + 30));
        assertThat(Arrays.copyOfRange(torn, end + 30, PREALLOCATED)).containsOnly(0);
    }

    @Test
    void aLogWithoutRecordsIsLeftAsItIs() throws IOException {
        assertThat(LogFile.tear(data)).isFalse();
        written("log_inprogress_0", segment());

        assertThat(LogFile.tear(data)).isFalse();
    }

    private Path written(String name, byte[] bytes) throws IOException {
        var folder = Files.createDirectories(data.resolve("raft/current"));
        return Files.write(folder.resolve(name), bytes);
    }

    private static byte[] segment(int... lengths) throws IOException {
        var out = new ByteArrayOutputStream();
        out.write("RaftLog1".getBytes(StandardCharsets.US_ASCII));
        for (int length : lengths) {
            if (length >= 0x80) {
                out.write((length & 0x7F) | 0x80);
            }
            out.write(length >= 0x80 ? length >> 7 : length);
            var entry = new byte[length + 4];
            Arrays.fill(entry, (byte) 7);
            out.write(entry);
        }
        return Arrays.copyOf(out.toByteArray(), PREALLOCATED);
    }
}
