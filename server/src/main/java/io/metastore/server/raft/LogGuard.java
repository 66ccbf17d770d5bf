package io.metastore.server.raft;

import io.metastore.server.apply.Position;
import io.metastore.server.file.Durable;
import io.metastore.server.raft.gate.GatedRpcType;
import io.metastore.server.raft.log.CheckedLog;
import io.metastore.server.raft.log.CriticalSettings;
import io.metastore.server.raft.log.Depth;
import io.metastore.server.raft.log.Evidence;
import io.metastore.server.raft.log.FlushWatermark;
import io.metastore.server.raft.log.LogAppendix;
import io.metastore.server.raft.log.LogCheck;
import io.metastore.server.raft.log.TermFile;
import io.metastore.server.raft.member.LoneConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.server.protocol.TermIndex;
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
        goOnAlone(start, group, newest(log, applied));
        return FlushWatermark.open(watermark);
    }

    private static TermIndex newest(CheckedLog log, Position applied) {
        var stored = TermIndex.valueOf(applied.term(), applied.index());
        return log.last().compareTo(stored) >= 0 ? log.last() : stored;
    }

    /// Once: a flag that was forgotten must not drop the members that were added since. A start without it counts as
    /// the end of that.
    private static void goOnAlone(RaftStart start, Path group, TermIndex newest) {
        var done = start.directory().resolve("alone");
        try {
            if (start.alone().isEmpty()) {
                Files.deleteIfExists(done);
            } else if (Files.exists(done)) {
                LOG.warn("this member went on alone at an earlier start, --force-new-cluster is not followed again:"
                        + " take it out of the settings");
            } else {
                leaveAlone(group, newest, start.alone().get());
                Durable.replace(done, new byte[0]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + done, e);
        }
    }

    /// In a term of its own: the others may have another entry at this place.
    private static void leaveAlone(Path group, TermIndex newest, RaftStart.Founder self) {
        var next = TermIndex.valueOf(TermFile.raise(group, newest.getTerm()), newest.getIndex() + 1);
        LogAppendix.add(group, LoneConfiguration.entry(next, self.peer()));
        LOG.atWarn()
                .addKeyValue("member", self.id())
                .addKeyValue("index", next.getIndex())
                .log("this member goes on alone: all others are dropped from the cluster and must never run again");
    }
}
