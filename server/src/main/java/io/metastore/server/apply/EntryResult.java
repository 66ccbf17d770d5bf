package io.metastore.server.apply;

import io.metastore.server.request.Outcome;
import java.util.List;

/// What became of an entry; the same on every member.
public sealed interface EntryResult {
    /// Its commands were carried out or refused one by one.
    ///
    /// @param outcomes one for each command, in their order
    record Applied(List<Outcome> outcomes) implements EntryResult {}

    /// It has no effect, now or ever.
    record Skipped(Cause cause) implements EntryResult {}

    enum Cause {
        /// It was appended in another term than the one it was admitted in.
        EPOCH_CHANGED,
        /// Its proposer has started anew since.
        STALE_PROPOSER,
        /// It was applied before.
        DUPLICATE
    }
}
