package io.metastore.server.cli.original;

import io.metastore.server.cli.text.GoDuration;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What each key is set to: by a flag, else by a variable, else by the file, else initially.
final class Values {
    private final KeyTable table;
    private final Map<Key, Entry> entries = new LinkedHashMap<>();

    /// @param all the strongest of those for a key counts, wherever it stands
    Values(KeyTable table, Collection<Entry> all) {
        this.table = table;
        table.all().forEach(key -> entries.put(key, Entry.initial(key)));
        all.forEach(entry -> entries.merge(entry.key(), entry, Values::stronger));
    }

    private static Entry stronger(Entry one, Entry other) {
        return other.source().compareTo(one.source()) > 0 ? other : one;
    }

    Collection<Entry> all() {
        return entries.values();
    }

    /// @param path of a key that this package names itself
    Entry entry(String path) {
        return entries.getOrDefault(table.at(path), Entry.initial(table.at(path)));
    }

    boolean isSet(String path) {
        return entry(path).isSet();
    }

    String text(String path) {
        return entry(path).value();
    }

    boolean isOn(String path) {
        return Kind.isTrue(text(path));
    }

    long number(String path) {
        return Long.parseLong(text(path));
    }

    Duration duration(String path) {
        return GoDuration.parse(text(path));
    }

    /// Words with commas between them, none of them empty.
    List<String> texts(String path) {
        return Stream.of(text(path).split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /// Sets a flag of etcd's, and counts as said by whoever set the key: firmly, if anybody did.
    Assignment assign(String flag, String value, String path) {
        var entry = entry(path);
        return new Assignment(flag, value, entry.origin(), entry.isSet());
    }

    /// The same for what etcd's form must not say beside the original's, whoever set the key.
    Assignment assignFirmly(String flag, String value, String path) {
        return new Assignment(flag, value, entry(path).origin(), true);
    }
}
