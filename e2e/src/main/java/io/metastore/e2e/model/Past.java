package io.metastore.e2e.model;

import io.metastore.e2e.history.Answer.Result;
import io.metastore.e2e.history.Call;
import io.metastore.e2e.history.Event;
import io.metastore.e2e.history.Keys;
import io.metastore.e2e.history.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// All revisions of all keys, and the changes in their order.
///
///     a: [a=1@2, deleted@3, a=2@4]       changes: 2 → put a=1, 3 → delete a, 4 → put a=2
public final class Past {
    private static final long FIRST = 1;

    private final TreeMap<String, List<Row>> rows = new TreeMap<>();
    private final List<List<Event>> changes = new ArrayList<>();
    private final List<Long> fingerprints = new ArrayList<>(List.of(0L));

    Past() {}

    public long revision() {
        return FIRST + changes.size();
    }

    /// What this revision changed, in the order of its steps.
    ///
    /// @param revision from 2 to the current one
    public List<Event> changes(long revision) {
        return changes.get((int) (revision - FIRST - 1));
    }

    /// The key as it was at a revision, if it existed then.
    public Optional<Row> at(String key, long revision) {
        return at(rows.getOrDefault(key, List.of()), revision).filter(Row::exists);
    }

    Optional<Row> newest(String key) {
        return at(key, Long.MAX_VALUE);
    }

    /// All rows of a range at a revision, sorted by key.
    public List<Row> rows(Keys keys, long revision) {
        if (keys.single()) {
            return at(keys.from(), revision).stream().toList();
        }
        var found = new ArrayList<Row>();
        for (var versions : part(keys).values()) {
            at(versions, revision).filter(Row::exists).ifPresent(found::add);
        }
        return found;
    }

    Result.Found found(Call.Range range, long revision) {
        var all = rows(range.keys(), revision);
        boolean more = range.limit() > 0 && all.size() > range.limit();
        return new Result.Found(more ? all.subList(0, (int) range.limit()) : all, all.size(), more);
    }

    /// Writes a row of the next revision, which is not complete before [#commit].
    Event write(Row row) {
        var versions = rows.computeIfAbsent(row.key(), _ -> new ArrayList<>());
        var before = versions.isEmpty() ? Optional.<Row>empty() : Optional.of(versions.getLast());
        versions.add(row);
        return new Event(row, before.filter(Row::exists));
    }

    /// Ends a revision with these changes; without any there is no new one.
    void commit(List<Event> events) {
        if (!events.isEmpty()) {
            changes.add(List.copyOf(events));
            fingerprints.add(fingerprints.getLast() * 1_000_003 + events.hashCode() * 0x9E3779B97F4A7C15L);
        }
    }

    /// Takes back rows, the newest ones of their keys, in the order in which they were written.
    void undo(List<Event> events) {
        for (int i = events.size() - 1; i >= 0; i--) {
            var versions = rows.get(events.get(i).row().key());
            if (versions != null) {
                versions.removeLast();
            }
        }
    }

    void back(long revision) {
        while (revision() > revision) {
            undo(changes.removeLast());
            fingerprints.removeLast();
        }
    }

    long fingerprint() {
        return fingerprints.getLast();
    }

    private Map<String, List<Row>> part(Keys keys) {
        return keys.unbounded()
                ? rows.tailMap(keys.from(), true)
                : keys.from().compareTo(keys.end()) < 0
                        ? rows.subMap(keys.from(), true, keys.end(), false)
                        : Collections.emptyMap();
    }

    private static Optional<Row> at(List<Row> versions, long revision) {
        for (int i = versions.size() - 1; i >= 0; i--) {
            if (versions.get(i).mod() <= revision) {
                return Optional.of(versions.get(i));
            }
        }
        return Optional.empty();
    }
}
