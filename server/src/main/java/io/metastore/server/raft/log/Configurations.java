package io.metastore.server.raft.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.server.RaftServerConfigKeys.Log.CorruptionPolicy;
import org.apache.ratis.server.raftlog.segmented.LogSegment;
import org.apache.ratis.server.raftlog.segmented.LogSegmentPath;
import org.apache.ratis.util.SizeInBytes;

/// Who voted and was fed last, as far as a log that nobody uses tells. Nothing is changed.
public final class Configurations {
    private static final SizeInBytes GREATEST_ENTRY = SizeInBytes.valueOf("1GB");

    private Configurations() {}

    /// The newest entry with a configuration: in the log, or else the one that Ratis noted beside it when it was
    /// applied; none when the member was never told of any.
    ///
    /// @param group `<raft storage>/<group uuid>`
    /// @param log what `LogCheck` has found there
    /// @throws UncheckedIOException when it cannot be read
    public static Optional<LogEntryProto> newest(Path group, CheckedLog log) {
        var found = new AtomicReference<Optional<LogEntryProto>>(Optional.empty());
        for (var file : SegmentFile.in(group)) {
            try {
                LogSegment.readSegmentFile(
                        file.path().toFile(),
                        LogSegmentPath.matchLogSegment(file.path()).getStartEnd(),
                        GREATEST_ENTRY,
                        CorruptionPolicy.EXCEPTION,
                        null,
                        entry -> {
                            if (entry.hasConfigurationEntry()) {
                                found.set(Optional.of(entry));
                            }
                        });
            } catch (IOException e) {
                if (log.cutBytes() == 0) {
                    throw new UncheckedIOException("cannot read the log segment " + file.path(), e);
                }
                // The write at its end that had not ended, which the check has seen; it is no entry.
            }
        }
        return found.get().or(() -> noted(group));
    }

    private static Optional<LogEntryProto> noted(Path group) {
        var file = group.resolve("current").resolve("raft-meta.conf");
        try {
            return Files.exists(file)
                    ? Optional.of(LogEntryProto.parseFrom(Files.readAllBytes(file)))
                            .filter(LogEntryProto::hasConfigurationEntry)
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
