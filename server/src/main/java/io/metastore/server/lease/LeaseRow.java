package io.metastore.server.lease;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.LeaseId;
import io.metastore.server.storage.StorageException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// How leases and attached keys are laid out in the column of leases. Numbers are big-endian; an id has its sign bit
/// flipped, so that rows lie in the order of the signed ids.
///
///     lease −1, TTL 60 s, 25 s left      01 7fffffffffffffff            →  000000000000003c 0000000000000019
///     key "a" attached to lease −1       02 7fffffffffffffff 61         →  (empty)
///
/// Deleting a lease's keys in the order of these rows is therefore the order of the keys.
final class LeaseRow {
    private static final byte LEASE = 1;
    private static final byte ATTACHMENT = 2;
    private static final int PREFIX_LENGTH = 1 + Long.BYTES;

    /// The rows of all leases, without those of attached keys.
    static final KeyRange LEASES = new KeyRange(Bytes.wrap(new byte[] {LEASE}), Bytes.wrap(new byte[] {ATTACHMENT}));

    private LeaseRow() {}

    static Bytes key(LeaseId id) {
        return Bytes.wrap(prefix(LEASE, id, 0).array());
    }

    static Bytes value(Lease lease) {
        return Bytes.wrap(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(lease.ttlSeconds())
                .putLong(lease.remainingSeconds())
                .array());
    }

    static Lease lease(Bytes key, Bytes value) {
        if (key.length() != PREFIX_LENGTH || value.length() != 2 * Long.BYTES) {
            throw new StorageException("the row of a lease is damaged: " + key + " = " + value);
        }
        long id = ByteBuffer.wrap(key.shared()).getLong(1) ^ Long.MIN_VALUE;
        var numbers = ByteBuffer.wrap(value.shared());
        return new Lease(LeaseId.of(id), numbers.getLong(), numbers.getLong());
    }

    static Bytes attachment(LeaseId id, Bytes key) {
        return Bytes.wrap(prefix(ATTACHMENT, id, key.length()).put(key.shared()).array());
    }

    static KeyRange attachments(LeaseId id) {
        var first = Bytes.wrap(prefix(ATTACHMENT, id, 0).array());
        var last = id.number() == Long.MAX_VALUE
                ? Bytes.wrap(new byte[] {ATTACHMENT + 1})
                : Bytes.wrap(prefix(ATTACHMENT, LeaseId.of(id.number() + 1), 0).array());
        return new KeyRange(first, last);
    }

    static Bytes attachedKey(Bytes row) {
        return Bytes.wrap(Arrays.copyOfRange(row.shared(), PREFIX_LENGTH, row.length()));
    }

    private static ByteBuffer prefix(byte kind, LeaseId id, int room) {
        return ByteBuffer.allocate(PREFIX_LENGTH + room).put(kind).putLong(id.number() ^ Long.MIN_VALUE);
    }
}
