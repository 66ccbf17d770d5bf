package io.metastore.server.raft.propose;

import io.metastore.server.apply.Stamp;
import io.metastore.server.model.MemberId;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/// The leader's gate to its log: entries of the present epoch only, and of each proposer only in the order of their
/// sequences, each once.
public final class Acceptor {
    /// No epoch: this member does not lead.
    private static final long NONE = 0;

    private final EntryLog log;
    private final int maxEntryBytes;
    private final Map<MemberId, Accepted> accepted = new HashMap<>();
    private long epoch = NONE;

    /// @param maxEntryBytes the greatest entry that the log takes; it is the proposers' part to keep to it
    public Acceptor(EntryLog log, int maxEntryBytes) {
        this.log = log;
        this.maxEntryBytes = maxEntryBytes;
    }

    public int maxEntryBytes() {
        return maxEntryBytes;
    }

    /// This member leads, ready, in the term `newEpoch`.
    public synchronized void begin(long newEpoch) {
        epoch = newEpoch;
        accepted.clear();
    }

    public synchronized void end() {
        epoch = NONE;
        accepted.clear();
    }

    /// The epoch in which entries are taken, if any.
    public synchronized OptionalLong epoch() {
        return epoch == NONE ? OptionalLong.empty() : OptionalLong.of(epoch);
    }

    /// The last sequence that was taken from this start of the proposer in the present epoch, 0 if none was.
    public synchronized long lastSequence(MemberId proposer, long incarnation) {
        var last = accepted.get(proposer);
        return last == null || last.incarnation() != incarnation ? 0 : last.sequence();
    }

    /// Appends the entry. `notAppended` runs when it is sure not to come into the log, also when it was refused. One
    /// that was taken before is passed over in silence: it is in the log or on its way there, and a proposer that
    /// heard otherwise would send its commands a second time.
    public void accept(EntrySink.Outgoing entry, Runnable notAppended) {
        switch (judge(entry.stamp())) {
            case TAKEN -> log.append(entry, notAppended);
            case REFUSED -> notAppended.run();
            case KNOWN -> {}
        }
    }

    private synchronized Verdict judge(Stamp stamp) {
        if (stamp.epoch() != epoch) {
            return Verdict.REFUSED;
        }
        var last = accepted.get(stamp.proposer());
        var verdict = last == null ? Verdict.TAKEN : last.judge(stamp);
        if (verdict == Verdict.TAKEN) {
            accepted.put(stamp.proposer(), new Accepted(stamp.incarnation(), stamp.sequence()));
        }
        return verdict;
    }

    private enum Verdict {
        TAKEN,
        REFUSED,
        KNOWN
    }

    private record Accepted(long incarnation, long sequence) {
        Verdict judge(Stamp stamp) {
            if (stamp.incarnation() != incarnation) {
                return stamp.incarnation() > incarnation ? Verdict.TAKEN : Verdict.REFUSED;
            }
            return stamp.sequence() > sequence ? Verdict.TAKEN : Verdict.KNOWN;
        }
    }
}
