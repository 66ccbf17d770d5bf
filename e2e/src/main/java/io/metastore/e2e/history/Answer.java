package io.metastore.e2e.history;

import java.util.List;
import java.util.Optional;

/// What was told.
public sealed interface Answer {
    /// It happened.
    ///
    /// @param revision of the header
    /// @param succeeded whether the conditions of a transaction held; true for anything else
    /// @param results one for each step of the branch that was taken; none for leases and compactions
    record Done(long revision, boolean succeeded, List<Result> results) implements Answer {
        public Done {
            results = List.copyOf(results);
        }
    }

    /// It did not happen, and will not.
    record Refused(Reason reason) implements Answer {}

    /// No answer: it may have happened, at any time after it was asked, or never.
    record Lost(String cause) implements Answer {}

    enum Reason {
        COMPACTED,
        FUTURE_REVISION,
        LEASE_NOT_FOUND,
        LEASE_EXISTS
    }

    sealed interface Result {
        record Written(Optional<Row> previous) implements Result {}

        record Deleted(long count, List<Row> previous) implements Result {
            public Deleted {
                previous = List.copyOf(previous);
            }
        }

        /// What a range holds.
        ///
        /// @param count all rows of the range, also those behind the limit
        record Found(List<Row> rows, long count, boolean more) implements Result {
            public Found {
                rows = List.copyOf(rows);
            }
        }

        /// The rows that are shown.
        default List<Row> rows() {
            return switch (this) {
                case Written written -> written.previous().stream().toList();
                case Deleted deleted -> deleted.previous();
                case Found found -> found.rows();
            };
        }

        /// Whether the step changed the store.
        default boolean changed() {
            return switch (this) {
                case Written _ -> true;
                case Deleted deleted -> deleted.count() > 0;
                case Found _ -> false;
            };
        }
    }
}
