package io.metastore.server.storage;

import io.metastore.server.model.KeyRange;
import org.jspecify.annotations.Nullable;

/// An ordered map from bytes to bytes that never changes: one version of a persistent B+tree. Versions share all
/// nodes in which they do not differ. Arrays go in and come out as they are and must not be changed.
///
/// Source: path copying as in Driscoll, Sarnak, Sleator, Tarjan, "Making Data Structures Persistent"; edits in
/// place by an owner's mark as in the transients of Clojure.
record Tree(Node root) {
    static final Tree EMPTY = new Tree(Leaf.NONE);

    byte @Nullable [] get(byte[] key) {
        return root.get(key);
    }

    /// The rows in `range`; `whenClosed` runs once, when the cursor is closed.
    TreeCursor scan(KeyRange range, Direction direction, Runnable whenClosed) {
        return new TreeCursor(this, range, direction, whenClosed);
    }

    /// All rows, ascending.
    TreeCursor all() {
        return scan(KeyRange.ALL, Direction.FORWARD, () -> {});
    }

    /// How many branches lie above each leaf.
    int height() {
        int height = 0;
        for (var node = root; node instanceof Branch branch; node = branch.child(0)) {
            height++;
        }
        return height;
    }
}
