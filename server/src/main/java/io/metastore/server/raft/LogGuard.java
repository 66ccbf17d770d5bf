package io.metastore.server.raft;

import io.metastore.server.apply.Position;
import io.metastore.server.raft.gate.GatedRpcType;
import io.metastore.server.raft.log.CriticalSettings;
import io.metastore.server.raft.log.Depth;
import io.metastore.server.raft.log.Evidence;
import io.metastore.server.raft.log.FlushWatermark;
import io.metastore.server.raft.log.LogCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.ratis.conf.RaftProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is looked at before Ratis opens the log: settings on which safety depends, and whether the log holds what this
/// member may have acknowledged.
final class LogGuard {
    private static final Logger LOG = LoggerFactory.getLogger(LogGuard.class);

    private LogGuard() {}

    /// Puts in order what a crash left, and returns the note of the newest flushed entry, which is kept from now on.
    ///
    /// @throws io.metastore.server.raft.log.UnusableLogException when this member may have lost acknowledged
    ///     entries
    /// @throws IllegalArgumentException when a setting is unsafe
    static FlushWatermark check(RaftStart start, RaftProperties properties, Position applied) {
        CriticalSettings.check(properties, GatedRpcType.class.getName());
        Path watermark = start.directory().resolve("flushed");
        var group = start.directory().resolve(RaftNode.groupId(start).getUuid().toString());
        long index = applied.equals(Position.NONE) ? -1 : applied.index();
        var log = LogCheck.run(group, new Evidence(FlushWatermark.read(watermark), index), Depth.QUICK);
        LOG.atInfo().addKeyValue("log", log).addKeyValue("applied", index).log("the log was checked");
        goOnAlone(start, new LoneLog(group, log, applied));
        return FlushWatermark.open(watermark);
    }

    /// Once: a flag that was forgotten must not drop the members that were added since. A start without it counts as
    /// the end of that.
    private static void goOnAlone(RaftStart start, LoneLog log) {
        var done = LoneLog.mark(start.directory());
        try {
            if (start.alone().isEmpty()) {
                Files.deleteIfExists(done);
            } else if (Files.exists(done)) {
                LOG.warn("this member went on alone at an earlier start, --force-new-cluster is not followed again:"
                        + " take it out of the settings");
            } else {
                log.leaveAlone(start.alone().get().peer());
                LoneLog.note(start.directory());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + done, e);
        }
    }
}
