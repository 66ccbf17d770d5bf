package io.metastore.server.raft;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// What clients of a cluster were told, and whether it can be true. Every key has one writer, which writes one
/// value after the other and waits for each answer; no value is written twice.
///
/// What contradicts itself while clients work, as a stale read, is found at once; what became of each write is
/// found at the end, in the histories of the members. From any thread.
final class Evidence {
    /// One change in a member's history.
    record Change(long revision, String key, String value) {}

    private final Map<String, Long> floors = new ConcurrentHashMap<>();
    private final Map<String, Long> lastWritten = new ConcurrentHashMap<>();
    private final Queue<Change> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();

    /// The revision at which a read of this key that begins now must be at least: the newest one that a write was
    /// acknowledged with or another read has seen.
    long floor(String key) {
        return floors.getOrDefault(key, 0L);
    }

    /// The only writer of the key was told that its write was done.
    void written(Change change) {
        acknowledged.add(change);
        long before = lastWritten.getOrDefault(change.key(), 0L);
        if (change.revision() <= before) {
            violations.add(change + " was acknowledged after revision " + before + " of its key was");
        }
        lastWritten.put(change.key(), change.revision());
        floors.merge(change.key(), change.revision(), Math::max);
    }

    /// A linearizable read of `key`, which began when `floor` was the floor, found this revision of it.
    void read(String reader, String key, long floor, long found) {
        if (found < floor) {
            violations.add(reader + " read " + key + " at " + found + " when " + floor + " was known");
        }
        floors.merge(key, found, Math::max);
    }

    /// Something happened that must not.
    void broken(String what) {
        violations.add(what);
    }

    /// How many writes were acknowledged.
    int writes() {
        return acknowledged.size();
    }

    /// Everything that cannot be true, given the whole histories of all members, by the members' names.
    List<String> violations(Map<String, List<Change>> histories) {
        var all = new ArrayList<>(violations);
        histories.forEach((member, history) -> all.addAll(violations(member, history)));
        var distinct = new HashSet<>(histories.values());
        if (distinct.size() > 1) {
            all.add("the histories of the members differ: " + differences(histories));
        }
        return List.copyOf(all);
    }

    private List<String> violations(String member, List<Change> history) {
        var found = new ArrayList<String>();
        var byValue = new HashMap<String, Change>();
        long last = 0;
        for (var change : history) {
            if (byValue.put(change.key() + "=" + change.value(), change) != null) {
                found.add(member + " has applied " + change + " twice");
            }
            if (change.revision() <= last) {
                found.add(member + " has " + change + " after revision " + last);
            }
            last = change.revision();
        }
        for (var change : acknowledged) {
            var kept = byValue.get(change.key() + "=" + change.value());
            if (kept == null) {
                found.add(member + " has lost " + change);
            } else if (!kept.equals(change)) {
                found.add(member + " has " + kept + ", but " + change + " was acknowledged");
            }
        }
        return found;
    }

    private static Map<String, String> differences(Map<String, List<Change>> histories) {
        var ends = new TreeMap<String, String>();
        histories.forEach((member, history) ->
                ends.put(member, history.size() + " changes, " + (history.isEmpty() ? "none" : history.getLast())));
        return ends;
    }
}
