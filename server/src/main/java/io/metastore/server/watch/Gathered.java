package io.metastore.server.watch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Changes for one message to one watcher, in the making.
final class Gathered {
    private final List<WatchEvent> events = new ArrayList<>(1);
    private long first;
    private long last;
    private int revisions;
    private long bytes;

    /// Adds a change; revisions ascend.
    void add(long revision, WatchEvent event) {
        if (events.isEmpty()) {
            first = revision;
        }
        if (events.isEmpty() || revision != last) {
            revisions++;
            last = revision;
        }
        events.add(event);
        bytes += Pending.cost(event.event());
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    /// How many revisions the changes are of.
    int revisions() {
        return revisions;
    }

    /// @param revision the one for the header of the message
    Pending.Changes changes(long revision) {
        return new Pending.Changes(first, revision, Collections.unmodifiableList(events), bytes);
    }
}
