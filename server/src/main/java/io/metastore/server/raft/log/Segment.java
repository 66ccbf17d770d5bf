package io.metastore.server.raft.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/// A segment's bytes, mapped into memory and read only where asked for.
///
///     RaftLog1 | length, entry, CRC | length, entry, CRC | 0 0 0 0 …          preallocated, so zeros end the records
///       8         varint   4 bytes, CRC-32C over length and entry
///
/// An entry begins with its term and its index (fields 1 and 2 of `LogEntryProto`), which is all that is read of it.
///
/// Source: `SegmentedRaftLogOutputStream` of Ratis 3.3.0. One thread at a time.
final class Segment implements AutoCloseable {
    static final int HEADER = 8;

    private static final byte[] MAGIC = "RaftLog1".getBytes(StandardCharsets.US_ASCII);
    private static final int CHECKSUM = 4;
    private static final int TERM_FIELD = 1 << 3;
    private static final int INDEX_FIELD = 2 << 3;
    private static final int NO_NUMBER = -1;

    private final Arena arena = Arena.ofConfined();
    private final ByteBuffer bytes;
    private final int size;
    private int cursor;

    private Segment(SegmentFile file) throws IOException {
        try (var channel = FileChannel.open(file.path(), StandardOpenOption.READ)) {
            size = Math.toIntExact(channel.size());
            bytes = channel.map(MapMode.READ_ONLY, 0, size, arena).asByteBuffer();
        }
    }

    /// @throws UncheckedIOException when the file cannot be opened; segments are far below 2 GiB
    static Segment map(SegmentFile file) {
        try {
            return new Segment(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the log segment " + file.path(), e);
        }
    }

    /// What a segment begins with.
    static byte[] header() {
        return MAGIC.clone();
    }

    int size() {
        return size;
    }

    boolean hasHeader() {
        return size >= HEADER && bytes.slice(0, HEADER).equals(ByteBuffer.wrap(MAGIC));
    }

    /// Follows the records from `before`, as long as each is the successor of the one before it.
    ///
    /// @param before the last record known to be good, or one made up for what precedes the segment
    /// @param lastIndex where to stop, inclusive
    /// @param depth `QUICK` looks at lengths and indexes only, except for the last record, which is checked wholly
    /// @return the last good record; `before` when none follows it
    LogRecord walk(LogRecord before, long lastIndex, Depth depth) {
        var last = before;
        var whole = before;
        while (last.index() < lastIndex) {
            var next = depth == Depth.FULL ? record(last.end()) : head(last.end());
            if (next.isEmpty() || !next.orElseThrow().follows(last)) {
                break;
            }
            whole = last;
            last = next.orElseThrow();
        }
        return last.equals(before) || checksumHolds(last) ? last : whole;
    }

    /// The record that begins at `offset`, if a whole and valid one does.
    Optional<LogRecord> record(int offset) {
        return head(offset).filter(this::checksumHolds);
    }

    /// Whether a valid record later than `good` begins at `from` or anywhere after it.
    boolean recordFollows(int from, LogRecord good) {
        if (record(from).isPresent()) {
            return true;
        }
        for (var offset = nonZeroFrom(from); offset < size; offset = nonZeroFrom(offset + 1)) {
            // The cheap look first: hardly any offset in the middle of an entry reads like a later entry's head.
            if (head(offset).filter(found -> couldFollow(found, good)).isPresent()
                    && record(offset).isPresent()) {
                return true;
            }
        }
        return false;
    }

    boolean onlyZerosFrom(int offset) {
        return nonZeroFrom(offset) == size;
    }

    @Override
    public void close() {
        arena.close();
    }

    private boolean couldFollow(LogRecord found, LogRecord good) {
        return found.term() >= good.term() && found.index() > good.index() && found.index() - good.index() < size;
    }

    private int nonZeroFrom(int offset) {
        var at = offset;
        while (at + Long.BYTES <= size && bytes.getLong(at) == 0) {
            at += Long.BYTES;
        }
        while (at < size && bytes.get(at) == 0) {
            at++;
        }
        return Math.min(at, size);
    }

    private boolean checksumHolds(LogRecord found) {
        var checksum = new CRC32C();
        var covered = found.end() - CHECKSUM;
        checksum.update(bytes.slice(found.offset(), covered - found.offset()));
        return (int) checksum.getValue() == bytes.getInt(covered);
    }

    private Optional<LogRecord> head(int offset) {
        cursor = offset;
        var length = number(size);
        if (length <= 0 || length > size - cursor - CHECKSUM) {
            return Optional.empty();
        }
        var end = cursor + (int) length;
        var term = field(TERM_FIELD, end);
        var index = field(INDEX_FIELD, end);
        return term < 0 || index < 0
                ? Optional.empty()
                : Optional.of(new LogRecord(offset, end + CHECKSUM, term, index));
    }

    /// The field's value, 0 when the next field is another one (protobuf leaves zeros out), or `NO_NUMBER`.
    private long field(int tag, int end) {
        if (cursor >= end || bytes.get(cursor) != tag) {
            return 0;
        }
        cursor++;
        return number(end);
    }

    /// Reads one of protobuf's variable-length numbers at the cursor and moves behind it; `NO_NUMBER` when it does not
    /// end before `end` or is not positive as a `long`.
    private long number(int end) {
        var value = 0L;
        for (var shift = 0; shift < Long.SIZE - 1; shift += 7) {
            if (cursor >= end) {
                return NO_NUMBER;
            }
            var next = bytes.get(cursor++);
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        return NO_NUMBER;
    }
}
