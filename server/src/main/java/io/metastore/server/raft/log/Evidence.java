package io.metastore.server.raft.log;

import org.apache.ratis.server.protocol.TermIndex;

/// What is known, from outside the log, to have been in it.
///
/// @param flushed an entry that was flushed to disk here at some time; `TermIndex.INITIAL_VALUE` when none is known
/// @param applied index of the newest entry whose effect the store has kept; -1 when there is none, since Ratis counts
/// entries from 0
public record Evidence(TermIndex flushed, long applied) {
    /// Whether an entry behind `last` was in the log. When the log goes on above the flushed entry's term, that entry
    /// was replaced by a newer leader's, and that it is gone proves nothing:
    ///
    ///     flushed (term 3, index 90), log ends with (3, 80)  →  81 to 90 are lost
    ///     flushed (term 3, index 90), log ends with (4, 80)  →  a leader of term 4 has cut them off
    boolean denies(TermIndex last) {
        return last.getIndex() < flushed.getIndex() && last.getTerm() <= flushed.getTerm();
    }

    /// Whether the entry that follows `last` may have been acknowledged.
    boolean coversSuccessorOf(TermIndex last) {
        return last.getIndex() < applied || denies(last);
    }

    /// Whether the log may end with `last`. It may end early when the store is ahead of all that was flushed: a
    /// checkpoint of another member was installed, and Ratis drops the older log itself.
    boolean allowsEnd(TermIndex last) {
        return !denies(last) || applied >= flushed.getIndex();
    }
}
