package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.Reader;
import java.util.EnumSet;

/// A hash over the rows of all packages, to compare members with. Left out is `META`, which tells how far a member is
/// with its work. Rows are summed with their lengths, so that two rows never look like one other row.
final class ContentHash {
    private final Checksum.Sum sum = new Checksum.Sum();

    ContentHash(Reader reader) {
        for (var column : EnumSet.complementOf(EnumSet.of(Column.META))) {
            try (var rows = reader.scan(column, KeyRange.ALL)) {
                while (rows.next()) {
                    add(rows.key());
                    add(rows.value());
                }
            }
            add(Bytes.utf8(column.name()));
        }
    }

    ContentHash add(long number) {
        sum.add(new RowWriter(Long.BYTES).fixed(number).finish());
        return this;
    }

    int crc() {
        return sum.checksum().crc();
    }

    private void add(Bytes bytes) {
        add(bytes.length());
        sum.add(bytes);
    }
}
