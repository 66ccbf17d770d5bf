package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyValue;
import io.metastore.server.model.LeaseId;

/// The rows of the column `CURRENT`: the key as it is → its newest version; a deleted key has no row. The value is
/// five varints (create revision, mod revision less create revision, sub revision of the change, version, lease) and
/// then the client's value:
///
///     a=xy, created at 300, changed last as the first change of 302, second version, no lease
///     61 → ac 02  02  00  02  00  78 79
///
/// @param sub the number, within its transaction, of the change that made the version
record CurrentRow(KeyValue version, long sub) {
    static CurrentRow decode(Bytes key, Bytes rowValue) {
        var reader = new RowReader(rowValue);
        long create = reader.varint();
        long mod = create + reader.varint();
        long sub = reader.varint();
        long version = reader.varint();
        var lease = LeaseId.of(reader.varint());
        return new CurrentRow(new KeyValue(key, reader.rest(), create, mod, version, lease), sub);
    }

    /// The numbers without a copy of the value.
    static KeyNumbers numbers(Bytes rowValue) {
        var reader = new RowReader(rowValue);
        long create = reader.varint();
        long mod = create + reader.varint();
        long sub = reader.varint();
        long version = reader.varint();
        var lease = LeaseId.of(reader.varint());
        return new KeyNumbers(create, mod, sub, version, lease, rowValue.length() - reader.position());
    }

    KeyNumbers numbers() {
        return KeyNumbers.of(version, sub);
    }

    Bytes rowValue() {
        long age = version.modRevision() - version.createRevision();
        int size = RowWriter.sizeOfVarint(version.createRevision())
                + RowWriter.sizeOfVarint(age)
                + RowWriter.sizeOfVarint(sub)
                + RowWriter.sizeOfVarint(version.version())
                + RowWriter.sizeOfVarint(version.lease().number())
                + version.value().length();
        return new RowWriter(size)
                .varint(version.createRevision())
                .varint(age)
                .varint(sub)
                .varint(version.version())
                .varint(version.lease().number())
                .bytes(version.value())
                .finish();
    }
}
