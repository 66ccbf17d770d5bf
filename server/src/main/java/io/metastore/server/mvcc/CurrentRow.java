package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyValue;
import io.metastore.server.model.LeaseId;

/// The rows of the column `CURRENT`: the key as it is → its newest version; a deleted key has no row. The
/// value is four varints (create revision, mod revision less create revision, version, lease) and then the
/// client's value:
///
///     a=xy, created at 300, changed last at 302, second version, no lease
///     61 → ac 02  02  02  00  78 79
final class CurrentRow {
    private CurrentRow() {}

    static Bytes value(KeyValue version) {
        long age = version.modRevision() - version.createRevision();
        int size = RowWriter.sizeOfVarint(version.createRevision())
                + RowWriter.sizeOfVarint(age)
                + RowWriter.sizeOfVarint(version.version())
                + RowWriter.sizeOfVarint(version.lease().number())
                + version.value().length();
        return new RowWriter(size)
                .varint(version.createRevision())
                .varint(age)
                .varint(version.version())
                .varint(version.lease().number())
                .bytes(version.value())
                .finish();
    }

    static KeyValue keyValue(Bytes key, Bytes rowValue) {
        var reader = new RowReader(rowValue);
        long create = reader.varint();
        long mod = create + reader.varint();
        long version = reader.varint();
        var lease = LeaseId.of(reader.varint());
        return new KeyValue(key, reader.rest(), create, mod, version, lease);
    }

    /// The same without value and lease.
    static KeyValue numbers(Bytes key, Bytes rowValue) {
        var reader = new RowReader(rowValue);
        long create = reader.varint();
        long mod = create + reader.varint();
        return new KeyValue(key, Bytes.EMPTY, create, mod, reader.varint(), LeaseId.NONE);
    }
}
