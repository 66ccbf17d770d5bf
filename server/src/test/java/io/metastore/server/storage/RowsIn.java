package io.metastore.server.storage;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads rows as text, for tests.
final class RowsIn {
    private RowsIn() {}

    static Bytes bytes(String text) {
        return Bytes.utf8(text);
    }

    static KeyRange range(String from, String to) {
        return new KeyRange(bytes(from), bytes(to));
    }

    /// The keys of the current column, in the order of the scan.
    static List<String> keys(Reader reader, KeyRange range) {
        try (var cursor = reader.scan(Column.CURRENT, range)) {
            return keys(cursor);
        }
    }

    static List<String> keysOnce(Reader reader, KeyRange range) {
        try (var cursor = reader.scanOnce(Column.CURRENT, range)) {
            return keys(cursor);
        }
    }

    static List<String> keysBackwards(Reader reader, KeyRange range) {
        try (var cursor = reader.scanBackwards(Column.CURRENT, range)) {
            return keys(cursor);
        }
    }

    /// All rows of the current column.
    static SortedMap<String, String> rows(Reader reader) {
        return rows(reader, Column.CURRENT);
    }

    static SortedMap<String, String> rows(Reader reader, Column column) {
        var rows = new TreeMap<String, String>();
        try (var cursor = reader.scan(column, KeyRange.ALL)) {
            while (cursor.next()) {
                rows.put(cursor.key().utf8(), cursor.value().utf8());
            }
        }
        return rows;
    }

    private static List<String> keys(Cursor cursor) {
        var keys = new ArrayList<String>();
        while (cursor.next()) {
            keys.add(cursor.key().utf8());
        }
        return keys;
    }
}
