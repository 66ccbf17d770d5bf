package io.metastore.server.snapshot;

import io.metastore.server.model.Bytes;
import java.nio.ByteBuffer;

/// The buckets of etcd 3.7 and the keys in those that are no lists.
final class Schema {
    static final String KEY = "key";
    static final String LEASE = "lease";
    static final String ALARM = "alarm";
    static final String MEMBERS = "members";
    static final String MEMBERS_REMOVED = "members_removed";

    static final String META = "meta";
    static final String CONSISTENT_INDEX = "consistent_index";
    static final String TERM = "term";
    static final String CONF_STATE = "confState";
    static final String STORAGE_VERSION = "storageVersion";
    static final String FINISHED_COMPACTION = "finishedCompactRev";
    static final String SCHEDULED_COMPACTION = "scheduledCompactRev";

    static final String CLUSTER = "cluster";
    static final String CLUSTER_VERSION = "clusterVersion";
    static final String DOWNGRADE = "downgrade";

    static final String AUTH = "auth";
    static final String AUTH_ENABLED = "authEnabled";
    static final String AUTH_REVISION = "authRevision";
    static final String AUTH_USERS = "authUsers";
    static final String AUTH_ROLES = "authRoles";

    private static final int REVISION_BYTES = 17;

    private Schema() {}

    /// Eight bytes, the highest first.
    static Bytes number(long number) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    /// A revision as the rows of the history have it, with no change in it.
    static Bytes revision(long main) {
        return Bytes.wrap(ByteBuffer.allocate(REVISION_BYTES)
                .putLong(main)
                .put((byte) '_')
                .putLong(0)
                .array());
    }

    /// The main revision at the beginning of a row's key or a value.
    static long main(Bytes revision) {
        if (revision.length() < REVISION_BYTES) {
            throw new SnapshotException("a revision of " + revision.length() + " bytes: " + revision);
        }
        return ByteBuffer.wrap(revision.shared()).getLong();
    }
}
