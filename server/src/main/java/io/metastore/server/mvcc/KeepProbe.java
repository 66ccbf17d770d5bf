package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.Revision;
import io.metastore.server.storage.Column;

/// Finds out whether a compaction to `revision` would keep anything: whether any key is there at that revision. It
/// looks from the newest change back, so that it ends at once unless very many keys were deleted last.
///
/// @param tombstones whether a tombstone at that very revision is kept too
record KeepProbe(Versions versions, long revision, boolean tombstones) {
    sealed interface Answer {}

    record Found() implements Answer {}

    record Nothing() implements Answer {}

    /// Not known yet: look again, at what is before `before`.
    record Further(Revision before) implements Answer {}

    boolean keepsNothing() {
        return look(new Revision(revision + 1, 0), Long.MAX_VALUE) instanceof Nothing;
    }

    /// Looks at no more than `limit` changes before `before`, which is not beyond `revision`.
    Answer look(Revision before, long limit) {
        var older = new KeyRange(Bytes.EMPTY, EventRow.key(before, false));
        var last = before;
        try (var rows = versions.reader().scanBackwards(Column.EVENTS, older)) {
            for (long looked = 0; rows.next(); looked++) {
                if (looked == limit) {
                    return new Further(last);
                }
                last = EventRow.revision(rows.key());
                if (EventRow.isTombstone(rows.key())) {
                    if (tombstones && last.main() == revision) {
                        return new Found();
                    }
                } else if (versions.isNewest(EventRow.keyOf(rows.value()), last, revision)) {
                    return new Found();
                }
            }
        }
        return new Nothing();
    }
}
