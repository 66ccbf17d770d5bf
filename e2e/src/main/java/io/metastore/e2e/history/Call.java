package io.metastore.e2e.history;

import java.util.List;

/// What was asked of the store.
public sealed interface Call {
    /// What is done to keys.
    ///
    /// @param succeeded which branch of a transaction was taken
    default List<Step> steps(boolean succeeded) {
        return switch (this) {
            case Step step -> List.of(step);
            case Txn txn -> succeeded ? txn.success() : txn.failure();
            case Grant _, Revoke _, KeepAlive _, Compact _ -> List.of();
        };
    }

    /// What may also be a part of a transaction.
    sealed interface Step extends Call {}

    /// Writes one key.
    ///
    /// @param lease 0 for none
    /// @param previous whether the answer holds what the key was before
    record Put(String key, String value, long lease, boolean previous) implements Step {
        public static Put of(String key, String value) {
            return new Put(key, value, 0, false);
        }
    }

    record Delete(Keys keys, boolean previous) implements Step {}

    /// Reads.
    ///
    /// @param revision which state is read, 0 for the newest
    /// @param limit greatest number of rows, 0 for no limit
    /// @param serializable any past state will do; false asks for a linearizable read
    record Range(Keys keys, long revision, long limit, boolean serializable) implements Step {
        public static Range of(Keys keys) {
            return new Range(keys, 0, 0, false);
        }
    }

    /// All steps of one branch, or none: at one revision.
    record Txn(List<Compare> compares, List<Step> success, List<Step> failure) implements Call {
        public Txn {
            compares = List.copyOf(compares);
            success = List.copyOf(success);
            failure = List.copyOf(failure);
        }
    }

    /// Makes a lease.
    ///
    /// @param seconds how long the lease lives at least when it is not kept alive
    record Grant(long lease, long seconds) implements Call {}

    record Revoke(long lease) implements Call {}

    record KeepAlive(long lease) implements Call {}

    /// Forgets what was before this revision.
    record Compact(long revision) implements Call {}
}
