package io.metastore.server.watch;

import io.metastore.server.model.Event;
import io.metastore.server.model.KeyValue;
import java.util.List;

/// One change as a watcher is told it.
///
/// @param previous what the key held before, one element or none: nothing if it was not asked for, if the change
///     created the key, or if the revision before was given up by a compaction
public record WatchEvent(Event event, List<KeyValue> previous) {
    static WatchEvent of(Event event) {
        return new WatchEvent(event, List.of());
    }
}
