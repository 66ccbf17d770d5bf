package io.metastore.server.watch;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.Event;
import io.metastore.server.model.KeyValue;
import io.metastore.server.mvcc.Commit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Everything that was ever committed, as watchers ought to be told it. Written by one thread, read when it is done.
final class Told {
    private final List<List<WatchEvent>> byRevision = new ArrayList<>(List.of(List.of(), List.of()));
    private final Map<Bytes, KeyValue> newest = new HashMap<>();

    void add(Commit commit) {
        if (commit.revision() != byRevision.size()) {
            throw new IllegalStateException("revision " + commit.revision() + " after " + newestRevision());
        }
        byRevision.add(commit.events().stream().map(this::withPrevious).toList());
    }

    long newestRevision() {
        return byRevision.size() - 1L;
    }

    /// What a watcher is told of a revision, with the values before, whether it asked for them or not.
    List<WatchEvent> of(long revision, WatchSpec spec) {
        return byRevision.get((int) revision).stream()
                .filter(told -> spec.keys().contains(told.event().keyValue().key()))
                .filter(told -> !spec.excluded().contains(told.event().kind()))
                .toList();
    }

    /// The first revision from `from` on, up to `last`, of which a watcher is told something; `last` + 1 if none.
    long next(long from, long last, WatchSpec spec) {
        long revision = from;
        while (revision <= last && of(revision, spec).isEmpty()) {
            revision++;
        }
        return revision;
    }

    private WatchEvent withPrevious(Event event) {
        var changed = event.keyValue();
        var before = switch (event.kind()) {
            case PUT -> newest.put(changed.key(), changed);
            case DELETE -> newest.remove(changed.key());
        };
        return new WatchEvent(event, before == null ? List.of() : List.of(before));
    }
}
