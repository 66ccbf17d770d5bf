package io.metastore.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The rows a store should have, in plain sorted maps, and the comparison of both.
record Model(Map<Column, NavigableMap<Bytes, Bytes>> columns) {
    static Model empty() {
        var columns = new EnumMap<Column, NavigableMap<Bytes, Bytes>>(Column.class);
        for (var column : Column.values()) {
            columns.put(column, new TreeMap<>());
        }
        return new Model(columns);
    }

    /// What a reader really has.
    static Model of(Reader reader) {
        var model = empty();
        model.columns().forEach((column, rows) -> {
            try (var cursor = reader.scan(column, KeyRange.ALL)) {
                while (cursor.next()) {
                    rows.put(cursor.key(), cursor.value());
                }
            }
        });
        return model;
    }

    Model copy() {
        var copy = empty();
        columns.forEach((column, rows) -> copy.rows(column).putAll(rows));
        return copy;
    }

    NavigableMap<Bytes, Bytes> rows(Column column) {
        var rows = columns.get(column);
        if (rows == null) {
            throw new IllegalArgumentException("no rows of " + column);
        }
        return rows;
    }

    /// Makes random changes in both.
    void change(Batch batch, Random random) {
        int changes = random.nextInt(30);
        for (int i = 0; i < changes; i++) {
            var column = column(random);
            var key = key(random);
            if (random.nextInt(3) == 0) {
                batch.delete(column, key);
                rows(column).remove(key);
            } else {
                var value = value(random);
                batch.put(column, key, value);
                rows(column).put(key, value);
            }
        }
    }

    /// Asks for one row and walks over a range, with random steps and leaps, both ways.
    void compare(Reader reader, Random random) {
        var column = column(random);
        var key = key(random);
        assertThat(reader.get(column, key).orElse(null)).isEqualTo(rows(column).get(key));

        var range = new KeyRange(key(random), random.nextInt(4) == 0 ? Bytes.EMPTY : key(random));
        var within = within(column, range);
        try (var cursor = reader.scan(column, range)) {
            walk(cursor, within, random);
        }
        try (var cursor = reader.scanBackwards(column, range)) {
            walk(cursor, within.descendingMap(), random);
        }
    }

    private NavigableMap<Bytes, Bytes> within(Column column, KeyRange range) {
        if (range.isEmpty()) {
            return new TreeMap<>();
        }
        var from = rows(column).tailMap(range.from(), true);
        return range.isUnbounded() ? from : from.headMap(range.to(), false);
    }

    /// `rows` are in the order of the cursor's direction.
    private static void walk(Cursor cursor, NavigableMap<Bytes, Bytes> rows, Random random) {
        Map.@Nullable Entry<Bytes, Bytes> expected = null;
        boolean begun = false;
        for (int step = 0; step < 40; step++) {
            boolean found;
            if (random.nextInt(3) == 0) {
                var target = key(random);
                var from = expected == null ? target : later(rows, target, expected.getKey());
                boolean over = begun && expected == null;
                expected = over ? null : rows.ceilingEntry(from);
                found = cursor.seek(target);
            } else {
                boolean over = begun && expected == null;
                expected = over ? null : expected == null ? rows.firstEntry() : rows.higherEntry(expected.getKey());
                found = cursor.next();
            }
            begun = true;
            assertThat(found).isEqualTo(expected != null);
            if (expected != null) {
                assertThat(cursor.key()).isEqualTo(expected.getKey());
                assertThat(cursor.value()).isEqualTo(expected.getValue());
            }
        }
    }

    private static Bytes later(NavigableMap<Bytes, Bytes> rows, Bytes a, Bytes b) {
        var order = rows.comparator();
        int compared = order == null ? a.compareTo(b) : order.compare(a, b);
        return compared >= 0 ? a : b;
    }

    private static Column column(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> Column.CURRENT;
            case 1 -> Column.EVENTS;
            default -> Column.META;
        };
    }

    /// One of some hundred keys, of which some begin others.
    private static Bytes key(Random random) {
        var key = new byte[random.nextInt(4)];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (random.nextInt(6) * 51);
        }
        return Bytes.wrap(key);
    }

    private static Bytes value(Random random) {
        var value = new byte[random.nextInt(40)];
        random.nextBytes(value);
        return Bytes.wrap(value);
    }
}
