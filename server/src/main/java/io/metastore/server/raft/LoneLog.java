package io.metastore.server.raft;

import io.metastore.server.apply.Position;
import io.metastore.server.config.ConfigException;
import io.metastore.server.file.Durable;
import io.metastore.server.raft.log.CheckedLog;
import io.metastore.server.raft.log.LogAppendix;
import io.metastore.server.raft.log.TermFile;
import io.metastore.server.raft.member.LoneConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.protocol.TermIndex;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The log of a member that is to go on without all others, while nobody uses it.
///
/// A crash between any two steps leaves a member that is not alone yet, or one that is: a higher term harms nobody, a
/// log that the store has gone beyond is not needed, and the entry is there as a whole or not at all.
///
/// @param group `<raft storage>/<group uuid>`
/// @param applied what the store holds
record LoneLog(Path group, CheckedLog log, Position applied) {
    private static final Logger LOG = LoggerFactory.getLogger(LoneLog.class);

    /// The newest entry whose effect is here, in the log or in the store.
    TermIndex newest() {
        var stored = applied.equals(Position.NONE)
                ? TermIndex.INITIAL_VALUE
                : TermIndex.valueOf(applied.term(), applied.index());
        return log.last().getIndex() >= stored.getIndex() ? log.last() : stored;
    }

    /// Puts the entry behind the log by which all others are dropped, in a term of its own: the others may have
    /// another entry at this place. Returns where it is, when it is durable.
    ///
    /// @throws ConfigException when there is nothing to go on with; nothing was changed then
    TermIndex leaveAlone(RaftPeer self) {
        if (newest().equals(TermIndex.INITIAL_VALUE)) {
            throw new ConfigException("--force-new-cluster goes on with the data of a member, and " + self.getId()
                    + " has got none yet: its log and its store are empty");
        }
        var next = TermIndex.valueOf(TermFile.raise(group, newest().getTerm()), newest().getIndex() + 1);
        if (log.last().getIndex() < newest().getIndex()) {
            LogAppendix.begin(group);
        }
        LogAppendix.add(group, LoneConfiguration.entry(next, self));
        LOG.atWarn()
                .addKeyValue("member", self.getId())
                .addKeyValue("index", next.getIndex())
                .log("this member goes on alone: all others are dropped from the cluster and must never run again");
        return next;
    }

    /// There when it was done, until a start that does not ask for it.
    ///
    /// @param directory holds Ratis's files
    static Path mark(Path directory) {
        return directory.resolve("alone");
    }

    /// Notes that it was done.
    static void note(Path directory) throws IOException {
        Durable.replace(mark(directory), new byte[0]);
    }
}
