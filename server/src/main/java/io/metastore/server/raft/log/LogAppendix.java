package io.metastore.server.raft.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.thirdparty.com.google.protobuf.CodedOutputStream;

/// Puts one entry behind a log that nobody uses, in the way of Ratis's own writer, see `Segment`. A crash in the middle
/// leaves a write that has not ended, which the next check cuts off: the log is as it was then.
public final class LogAppendix {
    private LogAppendix() {}

    /// Returns when the entry is durable.
    ///
    /// @param group `<raft storage>/<group uuid>`, checked by `LogCheck`
    /// @param entry the successor of the newest one
    /// @throws UncheckedIOException when it cannot be written
    public static void add(Path group, LogEntryProto entry) {
        var files = SegmentFile.in(group);
        if (files.isEmpty() || !files.getLast().open()) {
            var file = group.resolve("current").resolve("log_inprogress_" + entry.getIndex());
            write(file, 0, withHeader(record(entry)));
            SegmentFile.sync(group);
        } else {
            write(files.getLast().path(), end(files.getLast(), entry.getIndex()), record(entry));
        }
    }

    /// Deletes a log that ends before what the store holds: a state of another member was taken over, and a crash came
    /// before Ratis let go of what is older. What is to follow that state would leave a hole behind this log.
    ///
    ///     log_0-9 log_inprogress_10 (to 14), applied 35  →  nothing; entry 36 begins a new segment
    ///
    /// The oldest goes first, so that a crash leaves a log without a hole, which this deletes the next time.
    ///
    /// @param group as for `add`; all of its entries are in the store
    public static void begin(Path group) {
        var files = SegmentFile.in(group);
        try {
            for (var file : files) {
                Files.delete(file.path());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the log that the store has gone beyond", e);
        }
        if (!files.isEmpty()) {
            SegmentFile.sync(group);
        }
    }

    private static int end(SegmentFile file, long next) {
        try (var segment = Segment.map(file)) {
            var last = segment.walk(LogRecord.before(file, 0), next - 1, Depth.QUICK);
            if (last.index() != next - 1) {
                throw new IllegalStateException(
                        "the log ends with entry " + last.index() + ", so entry " + next + " is not the next");
            }
            return last.end();
        }
    }

    private static ByteBuffer record(LogEntryProto entry) {
        int size = entry.getSerializedSize();
        int length = CodedOutputStream.computeUInt32SizeNoTag(size) + size;
        var bytes = new byte[length + Integer.BYTES];
        try {
            var out = CodedOutputStream.newInstance(bytes, 0, length);
            out.writeUInt32NoTag(size);
            entry.writeTo(out);
            out.checkNoSpaceLeft();
        } catch (IOException e) {
            throw new IllegalStateException("the size of an entry was counted wrongly", e);
        }
        var checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return ByteBuffer.wrap(bytes).putInt(length, (int) checksum.getValue());
    }

    private static ByteBuffer withHeader(ByteBuffer record) {
        return ByteBuffer.allocate(Segment.HEADER + record.remaining())
                .put(Segment.header())
                .put(record)
                .flip();
    }

    private static void write(Path file, long position, ByteBuffer bytes) {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (long at = position; bytes.hasRemaining(); ) {
                at += channel.write(bytes, at);
            }
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to the log segment " + file, e);
        }
    }
}
