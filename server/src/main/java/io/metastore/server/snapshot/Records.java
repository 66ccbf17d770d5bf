package io.metastore.server.snapshot;

import io.metastore.server.bolt.BucketSource.Row;
import io.metastore.server.lease.Lease;
import io.metastore.server.model.Alarm;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.LeaseId;
import io.metastore.server.model.MemberId;

/// The rows of etcd's buckets `lease` and `alarm`.
///
///     lease 7, TTL 600 s         0000000000000007   →  08 07 10 d8 04            ID 1, TTL 2, what is left of it 3
///     member 5 has no space      08 05 10 01        →  (empty)                   member 1, kind of alarm 2
final class Records {
    private Records() {}

    static Row row(Lease lease) {
        long id = lease.id().number();
        var value = new Fields().with(1, id).with(2, lease.ttlSeconds()).with(3, lease.remainingSeconds());
        return new Row(Schema.number(id), value.encoded());
    }

    /// @throws SnapshotException when it is none
    static Lease lease(Bytes key, Bytes value) {
        var fields = Fields.decode(value);
        if (fields.get(1) == 0
                || !key.equals(Schema.number(fields.get(1)))
                || fields.get(2) <= 0
                || fields.get(3) < 0) {
            throw new SnapshotException("a lease that cannot be: " + value);
        }
        return new Lease(LeaseId.of(fields.get(1)), fields.get(2), fields.get(3));
    }

    static Row row(Alarm alarm) {
        var key = new Fields()
                .with(1, alarm.member().number())
                .with(2, alarm.kind().number());
        return new Row(key.encoded(), Bytes.EMPTY);
    }

    /// @throws SnapshotException when it is none
    static Alarm alarm(Bytes key) {
        var fields = Fields.decode(key);
        try {
            return new Alarm(new MemberId(fields.get(1)), Alarm.Kind.of(Math.toIntExact(fields.get(2))));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new SnapshotException("an alarm that cannot be: " + key, e);
        }
    }
}
