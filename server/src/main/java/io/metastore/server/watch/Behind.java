package io.metastore.server.watch;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// The watchers of one stream that read history, the one served longest ago first. Any thread may call.
final class Behind {
    private final LinkedHashSet<Watcher> watchers = new LinkedHashSet<>();

    synchronized void add(Watcher watcher) {
        watchers.add(watcher);
    }

    synchronized void remove(Watcher watcher) {
        watchers.remove(watcher);
    }

    synchronized boolean isEmpty() {
        return watchers.isEmpty();
    }

    synchronized int size() {
        return watchers.size();
    }

    synchronized List<Watcher> all() {
        return new ArrayList<>(watchers);
    }

    /// Puts those that are still behind at the end of the row.
    synchronized void served(List<Watcher> some) {
        for (var watcher : some) {
            if (watchers.remove(watcher)) {
                watchers.add(watcher);
            }
        }
    }
}
