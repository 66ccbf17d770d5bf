package io.metastore.server.request;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.LeaseId;

/// A condition of a transaction that must hold for every key in `keys`. A range without a key is compared as one key
/// whose numbers are all 0; a comparison of values is then false.
public record Compare(KeyRange keys, Relation relation, Target target) {
    /// How the stored side relates to the target. The numbers of etcd's API are the ordinals.
    public enum Relation {
        EQUAL,
        GREATER,
        LESS,
        NOT_EQUAL;

        /// Whether a comparison result (negative, 0 or positive: stored side against target) satisfies this relation.
        public boolean holds(int comparison) {
            return switch (this) {
                case EQUAL -> comparison == 0;
                case GREATER -> comparison > 0;
                case LESS -> comparison < 0;
                case NOT_EQUAL -> comparison != 0;
            };
        }
    }

    /// What is compared, and with what.
    public sealed interface Target {
        record Version(long version) implements Target {}

        record CreateRevision(long revision) implements Target {}

        record ModRevision(long revision) implements Target {}

        record Value(Bytes value) implements Target {}

        record Lease(LeaseId lease) implements Target {}
    }
}
