package io.metastore.server.raft.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.ratis.server.protocol.TermIndex;

/// A file that names an entry known to be flushed to the log: what the log must still hold after a crash. It may be
/// old; it is never ahead.
///
/// Two slots are written in turn, so a crash spoils at most the one being written. Both lie in blocks that exist
/// already: a note costs one flush of data and works on a full disk.
///
///     offset 0       "MetaFlsh", sequence, term, index (8 bytes each, big-endian), CRC-32C over these 32 (4 bytes)
///     offset 4096    the same; the slot with the higher sequence counts
///
/// From any thread. A note waits for the disk.
public final class FlushWatermark implements AutoCloseable {
    private static final long MAGIC = 0x4d657461466c7368L;
    private static final int CONTENT = 4 * Long.BYTES;
    private static final int RECORD = CONTENT + Integer.BYTES;
    private static final int SLOT = 4096;

    private final FileChannel channel;
    private Note newest;

    private record Note(long sequence, TermIndex flushed) {
        static final Note NONE = new Note(0, TermIndex.INITIAL_VALUE);
    }

    private FlushWatermark(FileChannel channel, Note newest) {
        this.channel = channel;
        this.newest = newest;
    }

    /// What was noted last, `TermIndex.INITIAL_VALUE` when there is no file or nothing was noted in it.
    ///
    /// @throws UnusableLogException when both slots are damaged, which no crash can do
    public static TermIndex read(Path file) {
        return load(file).flushed;
    }

    /// Opens the file to go on with it, and makes it if there is none.
    ///
    /// @param file on the volume of the log
    /// @throws UnusableLogException as `read`
    public static FlushWatermark open(Path file) {
        var newest = load(file);
        try {
            var channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (channel.size() < 2 * SLOT) {
                channel.write(ByteBuffer.allocate(2 * SLOT - (int) channel.size()), channel.size());
                channel.force(true);
            }
            return new FlushWatermark(channel, newest);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open " + file, e);
        }
    }

    /// Notes an entry. It is written also when it is the one noted before.
    ///
    /// @param flushed in the log and flushed; a lower one than before when the log was truncated
    /// @throws IOException when the disk fails; the note before is kept
    public synchronized void note(TermIndex flushed) throws IOException {
        write(new Note(newest.sequence + 1, flushed));
    }

    /// Writes the last note again, which tells whether the volume still takes writes.
    ///
    /// @throws IOException as `note`
    public synchronized void touch() throws IOException {
        note(newest.flushed);
    }

    /// To be called before entries are cut off the log, so that their absence is not taken for damage.
    ///
    /// @param index the last entry that stays
    /// @throws IOException as `note`
    public synchronized void lowerTo(long index) throws IOException {
        if (index < newest.flushed.getIndex()) {
            write(new Note(newest.sequence + 1, TermIndex.valueOf(newest.flushed.getTerm(), index)));
        }
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }

    private void write(Note note) throws IOException {
        var record = encode(note);
        var offset = note.sequence % 2 * SLOT;
        while (record.hasRemaining()) {
            offset += channel.write(record, offset);
        }
        channel.force(false);
        newest = note;
    }

    private static ByteBuffer encode(Note note) {
        var record = ByteBuffer.allocate(RECORD)
                .putLong(MAGIC)
                .putLong(note.sequence)
                .putLong(note.flushed.getTerm())
                .putLong(note.flushed.getIndex());
        return record.putInt(checksum(record)).flip();
    }

    private static Note load(Path file) {
        if (!Files.exists(file)) {
            return Note.NONE;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return newest(file, channel);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static Note newest(Path file, FileChannel channel) throws IOException {
        var even = slot(channel, 0);
        var odd = slot(channel, 1);
        if (even.isEmpty() && odd.isEmpty() && !blank(channel)) {
            throw new UnusableLogException(file, 0, "the file with the newest flushed entry is damaged");
        }
        var first = even.orElse(Note.NONE);
        var second = odd.orElse(Note.NONE);
        return first.sequence > second.sequence ? first : second;
    }

    private static Optional<Note> slot(FileChannel channel, int number) throws IOException {
        var record = ByteBuffer.allocate(RECORD);
        channel.read(record, (long) number * SLOT);
        if (record.hasRemaining() || record.getLong(0) != MAGIC || record.getInt(CONTENT) != checksum(record)) {
            return Optional.empty();
        }
        var flushed = TermIndex.valueOf(record.getLong(2 * Long.BYTES), record.getLong(3 * Long.BYTES));
        return Optional.of(new Note(record.getLong(Long.BYTES), flushed));
    }

    /// Whether nothing was ever noted: the first note goes to the second slot, so the first is still all zeros, and of
    /// the second at most the beginning was written.
    private static boolean blank(FileChannel channel) throws IOException {
        var record = ByteBuffer.allocate(RECORD);
        channel.read(record, 0);
        return record.flip().equals(ByteBuffer.allocate(record.limit()));
    }

    private static int checksum(ByteBuffer record) {
        var checksum = new CRC32C();
        checksum.update(record.slice(0, CONTENT));
        return (int) checksum.getValue();
    }
}
