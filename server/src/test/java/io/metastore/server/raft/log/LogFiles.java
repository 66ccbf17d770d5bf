package io.metastore.server.raft.log;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.StateMachineLogEntryProto;
import org.apache.ratis.server.RaftServerConfigKeys.Log.CorruptionPolicy;
import org.apache.ratis.server.raftlog.segmented.LogSegment;
import org.apache.ratis.server.raftlog.segmented.LogSegmentPath;
import org.apache.ratis.server.raftlog.segmented.SegmentedRaftLogOutputStream;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.util.SizeInBytes;

/// A group's directory with segments that Ratis's own writer has written, and what Ratis's own reader makes of them.
public final class LogFiles {
    static final int PREALLOCATED = 4096;

    private final Path group;

    public LogFiles(Path group) throws IOException {
        this.group = group;
        Files.createDirectories(current());
    }

    Path group() {
        return group;
    }

    public Path current() {
        return group.resolve("current");
    }

    public Path closed(long first, long last, long term) throws IOException {
        var written = write("log_" + first + "-" + last, first, last, term);
        try (var channel = Files.newByteChannel(written.file, StandardOpenOption.WRITE)) {
            channel.truncate(written.ends.getLast());
        }
        return written.file;
    }

    public Written open(long first, long last, long term) throws IOException {
        return write("log_inprogress_" + first, first, last, term);
    }

    /// A segment as it is while its member runs: records, then preallocated zeros.
    ///
    /// @param ends offset behind the header and behind each record
    public record Written(Path file, List<Integer> ends) {
        public int end() {
            return ends.getLast();
        }

        int startOfLast() {
            return ends.get(ends.size() - 2);
        }
    }

    public void meta(long term) throws IOException {
        Files.writeString(current().resolve("raft-meta"), "#\n#a comment\nterm=" + term + "\nvotedFor=a\n");
    }

    /// The indexes Ratis finds in a file.
    public static List<Long> readByRatis(Path file) throws IOException {
        var indexes = new ArrayList<Long>();
        LogSegment.readSegmentFile(
                new File(file.toString()),
                LogSegmentPath.matchLogSegment(file).getStartEnd(),
                SizeInBytes.valueOf("4MB"),
                CorruptionPolicy.EXCEPTION,
                null,
                entry -> indexes.add(entry.getIndex()));
        return indexes;
    }

    static LogEntryProto entry(long term, long index) {
        var content = ByteString.copyFromUtf8("the content of entry " + index);
        return LogEntryProto.newBuilder()
                .setTerm(term)
                .setIndex(index)
                .setStateMachineLogEntry(StateMachineLogEntryProto.newBuilder().setLogData(content))
                .build();
    }

    private Written write(String name, long first, long last, long term) throws IOException {
        var file = current().resolve(name);
        var ends = new ArrayList<Integer>();
        ends.add(Segment.HEADER);
        var buffer = ByteBuffer.allocateDirect(1 << 16);
        var size = 1 << 20;
        var out = new SegmentedRaftLogOutputStream(file.toFile(), false, size, PREALLOCATED, buffer);
        for (var index = first; index <= last; index++) {
            out.write(entry(term, index));
            ends.add(Segment.HEADER + buffer.position());
        }
        out.close();
        var records = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(records, Math.max(PREALLOCATED, records.length)));
        return new Written(file, List.copyOf(ends));
    }
}
