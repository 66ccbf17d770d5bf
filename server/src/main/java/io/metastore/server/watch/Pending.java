package io.metastore.server.watch;

import io.metastore.server.model.Event;
import java.util.List;

/// What waits in the queue of one watcher, to be told in the order of the queue.
sealed interface Pending {
    /// The lowest revision it tells of.
    long first();

    /// What it is counted with against the bounds of memory.
    long bytes();

    /// How many events it has.
    int count();

    /// Changes for one message.
    ///
    /// @param first the revision of the first of them
    /// @param revision the one for the header of the message, at or above that of the last of them
    record Changes(long first, long revision, List<WatchEvent> events, long bytes) implements Pending {
        @Override
        public int count() {
            return events.size();
        }
    }

    /// The end of the watcher: what it needs next was given up.
    ///
    /// @param first the revision it needs next
    record Compaction(long first, long compactRevision) implements Pending {
        @Override
        public long bytes() {
            return 0;
        }

        @Override
        public int count() {
            return 0;
        }
    }

    /// The bytes of an event with the objects around it, as they are counted: an estimate, never less than what the
    /// client wrote.
    static long cost(Event event) {
        long objects = 160;
        return objects
                + event.keyValue().key().length()
                + event.keyValue().value().length();
    }
}
