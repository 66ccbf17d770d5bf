package io.metastore.e2e.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/// The open segment of a member's Raft log, as Ratis writes it: 8 bytes, then records of a variable-length
/// length, the entry and 4 bytes of checksum; zeros end the records.
final class LogFile {
    private static final int HEADER = 8;
    private static final int CHECKSUM = 4;
    private static final int TORN = 30;
    private static final int SEVEN_BITS = 7;
    private static final int MORE = 0x80;

    private LogFile() {}

    /// Leaves what a crash leaves of a write that had begun: the first bytes of one more record. Does
    /// nothing when there is no record to take for an example.
    ///
    /// @param data of a member that does not run
    /// @return whether it was done
    static boolean tear(Path data) {
        try {
            var file = open(data);
            if (file.isEmpty()) {
                return false;
            }
            var bytes = Files.readAllBytes(file.get());
            int last = HEADER;
            int end = HEADER;
            for (int next = next(bytes, end); next > end; next = next(bytes, end)) {
                last = end;
                end = next;
            }
            if (end == HEADER) {
                return false;
            }
            var torn = Arrays.copyOfRange(bytes, last, Math.min(last + TORN, end - CHECKSUM));
            try (var channel = java.nio.channels.FileChannel.open(file.get(), StandardOpenOption.WRITE)) {
                channel.write(java.nio.ByteBuffer.wrap(torn), end);
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot tear the log below " + data, e);
        }
    }

    private static Optional<Path> open(Path data) throws IOException {
        try (var files = Files.walk(data)) {
            return files.filter(file -> file.getFileName().toString().startsWith("log_inprogress_"))
                    .max(Comparator.comparingLong(LogFile::first));
        }
    }

    private static long first(Path file) {
        var name = file.getFileName().toString();
        return Long.parseLong(name.substring(name.lastIndexOf('_') + 1));
    }

    /// The end of the record at a place; the place itself when there is none.
    private static int next(byte[] bytes, int start) {
        long length = 0;
        int place = start;
        for (int shift = 0; place < bytes.length && shift < 4 * SEVEN_BITS; shift += SEVEN_BITS) {
            int part = bytes[place++] & 0xFF;
            length |= (long) (part & (MORE - 1)) << shift;
            if (part < MORE) {
                break;
            }
        }
        long end = place + length + CHECKSUM;
        return length == 0 || end > bytes.length ? start : (int) end;
    }
}
