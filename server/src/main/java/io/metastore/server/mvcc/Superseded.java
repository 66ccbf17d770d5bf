package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.Revision;
import java.util.Optional;

/// The put of the same key that a change supersedes: a compaction to the change, or beyond, removes it without
/// looking for it. It is noted at the beginning of the change's row in `EVENTS`, as three varints: how far back the
/// main revision is, plus 1; the sub revision; and the length of the client's value. When the key was not there
/// before, a 0 stands alone.
///
///     put a=xyz at (300, 2), changed at (428, 0)   →   81 01  02  03
///     put b at (7, 0), deleted at (7, 1)           →   01  00  00
///     first put of c, or the first after a delete  →   00
///
/// @param valueBytes the length of the value that was put
record Superseded(Revision revision, long valueBytes) {
    /// The bytes that `write` takes.
    static int size(long main, KeyNumbers before) {
        return before.exists()
                ? RowWriter.sizeOfVarint(main - before.modRevision() + 1)
                        + RowWriter.sizeOfVarint(before.sub())
                        + RowWriter.sizeOfVarint(before.valueBytes())
                : 1;
    }

    /// @param main the revision of the transaction that makes the change
    /// @param before the version of the key before the change
    static void write(RowWriter row, long main, KeyNumbers before) {
        if (before.exists()) {
            row.varint(main - before.modRevision() + 1).varint(before.sub()).varint(before.valueBytes());
        } else {
            row.varint(0);
        }
    }

    /// What a row of `EVENTS`, of the transaction `main`, says.
    static Optional<Superseded> read(long main, Bytes rowValue) {
        var reader = new RowReader(rowValue);
        long distance = reader.varint();
        return distance == 0
                ? Optional.empty()
                : Optional.of(new Superseded(new Revision(main - (distance - 1), reader.varint()), reader.varint()));
    }

    /// Moves `row`, at its beginning, to what follows.
    static void skip(RowReader row) {
        if (row.varint() != 0) {
            row.varint();
            row.varint();
        }
    }
}
