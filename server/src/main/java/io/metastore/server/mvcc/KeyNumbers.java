package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyValue;
import io.metastore.server.model.LeaseId;
import io.metastore.server.model.Revision;

/// What is known of the newest version of a key besides its value. `ABSENT` stands for a key that is not there.
///
/// @param sub the number, within its transaction, of the change that made the version
/// @param valueBytes the length of the value
public record KeyNumbers(
        long createRevision, long modRevision, long sub, long version, LeaseId lease, long valueBytes) {
    public static final KeyNumbers ABSENT = new KeyNumbers(0, 0, 0, 0, LeaseId.NONE, 0);

    static KeyNumbers of(KeyValue version, long sub) {
        return new KeyNumbers(
                version.createRevision(),
                version.modRevision(),
                sub,
                version.version(),
                version.lease(),
                version.value().length());
    }

    /// Whether the key is there.
    public boolean exists() {
        return version > 0;
    }

    /// Where in the history the version was made.
    Revision revision() {
        return new Revision(modRevision, sub);
    }

    /// The version without value and lease.
    KeyValue bare(Bytes key) {
        return new KeyValue(key, Bytes.EMPTY, createRevision, modRevision, version, LeaseId.NONE);
    }
}
