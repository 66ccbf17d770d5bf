package io.metastore.server.request;

import io.metastore.server.model.KeyRange;

/// A read of the keys in a range.
///
/// @param limit at most so many keys are returned; 0 means no limit
/// @param revision the revision to read at; 0 means the newest, below 0 also, except in a transaction
/// @param serializable answer from this member's own state, without asking a quorum
public record Range(
        KeyRange keys, long limit, long revision, Sort sort, Detail detail, RevisionBounds bounds, boolean serializable)
        implements Operation {

    /// The newest state of the keys in `keys`, in the order of the keys, linearizable.
    public static Range of(KeyRange keys) {
        return new Range(keys, 0, 0, Sort.NONE, Detail.FULL, RevisionBounds.NONE, false);
    }

    /// How much of each key is returned. The count is always returned.
    public enum Detail {
        FULL,
        KEYS_ONLY,
        COUNT_ONLY
    }

    public record Sort(Order order, Target target) {
        public static final Sort NONE = new Sort(Order.NONE, Target.KEY);

        /// The numbers of etcd's API are the ordinals.
        public enum Order {
            NONE,
            ASCEND,
            DESCEND
        }

        /// The numbers of etcd's API are the ordinals.
        public enum Target {
            KEY,
            VERSION,
            CREATE,
            MOD,
            VALUE
        }
    }

    /// Keeps keys whose revisions lie between the bounds, inclusive; 0 switches a bound off.
    public record RevisionBounds(long minMod, long maxMod, long minCreate, long maxCreate) {
        public static final RevisionBounds NONE = new RevisionBounds(0, 0, 0, 0);
    }
}
