package io.metastore.server.mysql.sql;

import io.metastore.server.model.KeyValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The two tables: one key space, as text and as bytes. What comes after key and value is hidden from `*`.
enum Tables {
    KV("kv", Collation.UTF8_BINARY),
    KV_BIN("kv_bin", Collation.BINARY);

    static final String DATABASE = "metastore";
    static final int LONGEST_KEY = 1024;

    private static final List<Column> OF_TEXT = described(KV, ColumnType.LONG_TEXT);
    private static final List<Column> OF_BYTES = described(KV_BIN, ColumnType.LONG_BYTES);

    static final int KEY = 0;
    static final int VALUE = 1;
    static final int LEASE = 5;

    private final String title;
    private final Collation collation;

    Tables(String title, Collation collation) {
        this.title = title;
        this.collation = collation;
    }

    private static List<Column> described(Tables table, ColumnType value) {
        var title = table.title;
        var key = ColumnType.text(LONGEST_KEY).with(table.collation).neverNull();
        var number = ColumnType.BIGINT.neverNull();
        return List.of(
                new Column(title, title, "key", key, false),
                new Column(title, title, "value", value.neverNull(), false),
                new Column(title, title, "create_revision", number, true),
                new Column(title, title, "mod_revision", number, true),
                new Column(title, title, "version", number, true),
                new Column(title, title, "lease", number, true));
    }

    String title() {
        return title;
    }

    Collation collation() {
        return collation;
    }

    List<Column> columns() {
        return switch (this) {
            case KV -> OF_TEXT;
            case KV_BIN -> OF_BYTES;
        };
    }

    static Optional<Tables> find(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "kv" -> Optional.of(KV);
            case "kv_bin" -> Optional.of(KV_BIN);
            default -> Optional.empty();
        };
    }

    /// The cells of a row.
    List<Value> cells(KeyValue row) {
        return List.of(
                new Value.Text(row.key(), collation),
                new Value.Text(row.value(), collation),
                new Value.Whole(row.createRevision()),
                new Value.Whole(row.modRevision()),
                new Value.Whole(row.version()),
                new Value.Whole(row.lease().number()));
    }
}
