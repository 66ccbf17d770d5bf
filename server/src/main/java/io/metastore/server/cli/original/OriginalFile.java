package io.metastore.server.cli.original;

import io.metastore.server.cli.text.YamlFile;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A file in the original's form.
///
///     server:
///       cluster_id: 1
///       member_id: 2
///       etcd:
///         address: ":2379"
///       raft:
///         node_role: data
final class OriginalFile {
    static final String ROOT = "server";

    private final KeyTable table;
    private final YamlFile file;
    private final List<Entry> entries = new ArrayList<>();

    private OriginalFile(KeyTable table, YamlFile file) {
        this.table = table;
        this.file = file;
    }

    /// @throws io.metastore.server.config.ConfigException when a key is unknown or its value not of its kind
    static List<Entry> read(KeyTable table, YamlFile yaml) {
        var file = new OriginalFile(table, YamlFile.readStrictly(yaml.path()));
        file.file.keys().forEach((root, below) -> file.add(root.toString(), below));
        return file.entries;
    }

    private void add(String root, @Nullable Object below) {
        if (!root.equals(ROOT)) {
            throw file.refused("unknown key " + root + " beside " + ROOT + ": a file in the original's form has all"
                    + " below " + ROOT + ", one in etcd's form has no such key");
        }
        addBelow("", below);
    }

    private void addBelow(String section, @Nullable Object below) {
        switch (below) {
            case null -> {} // a section without keys sets nothing
            case Map<?, ?> keys -> keys.forEach((name, value) -> addOne(section + name, value));
            case Object value ->
                throw file.refused((section.isEmpty() ? ROOT : section.substring(0, section.length() - 1))
                        + " must have keys below it, it is \"" + value + "\"");
        }
    }

    private void addOne(String path, @Nullable Object value) {
        if (table.isSection(path)) {
            addBelow(path + ".", value);
            return;
        }
        var key = table.find(path).orElseThrow(() -> file.refused("unknown key " + path + table.hint(path)));
        if (value != null) {
            entries.add(entry(key, value));
        }
    }

    private Entry entry(Key key, Object value) {
        var origin = key.path() + " in " + file.path();
        if (key.effect() == Key.Effect.ABSENT) {
            return new Entry(key, "", origin, Entry.Source.FILE);
        }
        var text = text(key.kind(), value);
        return text == null ? wrong(key, value) : new Entry(key, text, origin, Entry.Source.FILE).checked();
    }

    /// As it would stand in a variable; null when it is of a wrong kind.
    private static @Nullable String text(Kind kind, Object value) {
        return switch (kind) {
            case Kind.Switch _ -> value instanceof Boolean ? value.toString() : null;
            case Kind.Whole _ -> value instanceof Number number ? whole(number) : null;
            case Kind.Fraction _ -> value instanceof Number number ? plain(number) : null;
            // A duration of 0 needs no unit.
            case Kind.Time _ -> value instanceof String text ? text : value.equals(0) ? "0" : null;
            case Kind.Text _, Kind.Choice _ -> value instanceof String text ? text : null;
            case Kind.Texts _ ->
                switch (value) {
                    case String text -> text;
                    case List<?> texts
                    when texts.stream().allMatch(String.class::isInstance) ->
                        String.join(",", texts.stream().map(String::valueOf).toList());
                    case Object _ -> null;
                };
        };
    }

    private static @Nullable String whole(Number number) {
        try {
            return new BigDecimal(number.toString()).toBigIntegerExact().toString();
        } catch (ArithmeticException | NumberFormatException _) {
            return null;
        }
    }

    private static @Nullable String plain(Number number) {
        try {
            return new BigDecimal(number.toString()).toPlainString();
        } catch (NumberFormatException _) {
            return null;
        }
    }

    private Entry wrong(Key key, Object value) {
        throw file.refused(key.path() + " " + key.kind().rule() + ", it is \"" + value + "\"");
    }
}
