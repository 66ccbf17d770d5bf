package io.metastore.server.storage;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;

/// What is the same for the cursors of all engines: where they may stand, that they never turn back, and what may be
/// asked when. An engine adds how to find rows.
///
///     rows 10 20 30, forward:   seek 15 → on 20   seek 10 → still on 20   next → on 30   seek 31 → at the end
///     rows 10 20 30, backward:  seek 25 → on 20   seek 30 → still on 20   next → on 10   seek 9  → at the end
abstract class RangeCursor implements Cursor {
    private enum Place {
        BEFORE,
        ON_ROW,
        AFTER,
        CLOSED
    }

    final KeyRange range;
    final Direction direction;
    private Place place = Place.BEFORE;

    RangeCursor(KeyRange range, Direction direction) {
        this.range = range;
        this.direction = direction;
    }

    /// Moves to the first row of the range, in the scan's direction; false when the range holds none.
    abstract boolean start();

    /// Moves from a row to the next one; false when that is not in the range.
    abstract boolean advance();

    /// Moves to the first row at or beyond `key`, which lies in the range and beyond the present row; false when that
    /// row is not in the range.
    abstract boolean jump(byte[] key);

    /// The key of the present row, shared.
    abstract byte[] rowKey();

    /// The value of the present row, shared.
    abstract byte[] rowValue();

    /// Called once.
    abstract void free();

    @Override
    public final boolean next() {
        return settle(
                switch (place) {
                    case BEFORE -> !range.isEmpty() && start();
                    case ON_ROW -> advance();
                    case AFTER -> false;
                    case CLOSED -> throw new IllegalStateException("the cursor is closed");
                });
    }

    @Override
    public final boolean seek(Bytes key) {
        return settle(
                switch (place) {
                    case BEFORE -> !range.isEmpty() && enter(key);
                    case ON_ROW -> direction.compare(rowKey(), key.shared()) >= 0 || jumpWithin(key);
                    case AFTER -> false;
                    case CLOSED -> throw new IllegalStateException("the cursor is closed");
                });
    }

    @Override
    public final Bytes key() {
        requireRow();
        return Bytes.wrap(rowKey());
    }

    @Override
    public final Bytes value() {
        requireRow();
        return Bytes.wrap(rowValue());
    }

    @Override
    public final void close() {
        if (place != Place.CLOSED) {
            place = Place.CLOSED;
            free();
        }
    }

    private boolean enter(Bytes key) {
        boolean beforeRange = switch (direction) {
            case FORWARD -> key.compareTo(range.from()) <= 0;
            case BACKWARD -> !range.isUnbounded() && key.compareTo(range.to()) >= 0;
        };
        return beforeRange ? start() : jumpWithin(key);
    }

    private boolean jumpWithin(Bytes key) {
        return range.contains(key) && jump(key.shared());
    }

    private boolean settle(boolean found) {
        place = found ? Place.ON_ROW : Place.AFTER;
        return found;
    }

    private void requireRow() {
        if (place != Place.ON_ROW) {
            throw new IllegalStateException("the cursor stands on no row, it is " + place);
        }
    }
}
