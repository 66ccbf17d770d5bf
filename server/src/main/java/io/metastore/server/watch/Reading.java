package io.metastore.server.watch;

import io.metastore.server.model.Event;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One pass over a part of history that serves several watchers at once. It ends between two revisions, once a
/// watcher has changes of 1000 revisions, or the changes fill the bytes allowed, or many were looked at.
///
/// For one thread; the watchers are behind, and nothing else moves them meanwhile.
final class Reading {
    private static final int MOST_REVISIONS = 1000;
    private static final int MOST_LOOKED_AT = 10_000;

    private final Interests<Watcher> interests = new Interests<>();
    private final Map<Watcher, Gathered> gathered = new LinkedHashMap<>();
    private final long mostBytes;
    private long bytes;
    private int mostRevisions;
    private int lookedAt;
    private long revision;

    /// @param mostBytes the pass ends after the revision that reaches it, so it serves one revision at least
    Reading(List<Watcher> watchers, long mostBytes) {
        this.mostBytes = mostBytes;
        watchers.forEach(watcher -> interests.add(watcher.keys(), watcher));
    }

    /// Takes the next change in order.
    ///
    /// @return false if the pass ended before this change's revision
    boolean take(long main, Event event) {
        if (main != revision) {
            if (isFull()) {
                return false;
            }
            revision = main;
        }
        lookedAt++;
        var told = WatchEvent.of(event);
        interests.visit(event.keyValue().key(), watcher -> {
            if (watcher.wants(main, event)) {
                give(watcher, told);
            }
        });
        return true;
    }

    /// The last revision that was read, as a whole; 0 if none was.
    long revision() {
        return revision;
    }

    /// What was found, by watcher; watchers for which nothing was found are missing.
    Map<Watcher, Gathered> gathered() {
        return gathered;
    }

    private void give(Watcher watcher, WatchEvent event) {
        var changes = gathered.computeIfAbsent(watcher, _ -> new Gathered());
        changes.add(revision, event);
        mostRevisions = Math.max(mostRevisions, changes.revisions());
        bytes += Pending.cost(event.event());
    }

    private boolean isFull() {
        return bytes >= mostBytes || mostRevisions >= MOST_REVISIONS || lookedAt >= MOST_LOOKED_AT;
    }
}
