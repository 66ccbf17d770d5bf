package io.metastore.server.storage;

import io.metastore.server.model.Bytes;

/// The rows of a batch's changes laid over those below.
///
///     changes   b=2  c=deleted        →   a=1  b=2
///     below     a=1  b=1  c=1
final class MergedCursor extends RangeCursor {
    private final RangeCursor changes;
    private final RangeCursor below;
    private boolean changesLeft;
    private boolean belowLeft;

    /// Both over the same range in the same direction, not moved yet; closed with this one.
    MergedCursor(RangeCursor changes, RangeCursor below) {
        super(changes.range, changes.direction);
        this.changes = changes;
        this.below = below;
    }

    @Override
    boolean start() {
        changesLeft = changes.next();
        belowLeft = below.next();
        return settle();
    }

    @Override
    boolean advance() {
        pass();
        return settle();
    }

    @Override
    boolean jump(byte[] key) {
        var target = Bytes.wrap(key);
        changesLeft = changes.seek(target);
        belowLeft = below.seek(target);
        return settle();
    }

    @Override
    byte[] rowKey() {
        return present().rowKey();
    }

    @Override
    byte[] rowValue() {
        return present().rowValue();
    }

    @Override
    void free() {
        changes.close();
        below.close();
    }

    /// Passes deleted rows.
    private boolean settle() {
        while (changesLeft && order() <= 0 && RocksBatch.isDeleted(changes.rowValue())) {
            pass();
        }
        return changesLeft || belowLeft;
    }

    /// Moves behind the present row, in both where both have it.
    private void pass() {
        int order = order();
        if (order <= 0) {
            changesLeft = changes.next();
        }
        if (order >= 0) {
            belowLeft = below.next();
        }
    }

    private RangeCursor present() {
        return order() <= 0 ? changes : below;
    }

    /// Negative when the next row is one of the changes, positive when it is one from below, zero when both have it.
    private int order() {
        if (!changesLeft || !belowLeft) {
            return changesLeft ? -1 : 1;
        }
        return direction.compare(changes.rowKey(), below.rowKey());
    }
}
