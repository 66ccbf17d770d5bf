package io.metastore.server.mvcc;

import io.metastore.server.model.Event;
import io.metastore.server.model.Revision;
import io.metastore.server.storage.Cursor;

/// A walk over the history of the store, before the first change at the beginning. For one thread, and only while the
/// view it came from is open.
public final class EventCursor implements AutoCloseable {
    private final Cursor rows;

    EventCursor(Cursor rows) {
        this.rows = rows;
    }

    /// Moves to the next change in the order of (main, sub); false when there is none.
    public boolean next() {
        return rows.next();
    }

    /// Where in the history it stands.
    public Revision revision() {
        return EventRow.revision(rows.key());
    }

    /// The change it stands on; decoded at each call.
    public Event event() {
        return EventRow.event(rows.key(), rows.value());
    }

    @Override
    public void close() {
        rows.close();
    }
}
