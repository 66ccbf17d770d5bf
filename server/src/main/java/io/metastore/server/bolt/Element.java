package io.metastore.server.bolt;

import io.metastore.server.model.Bytes;

/// One entry of a page that is being written.
sealed interface Element {
    Bytes key();

    /// What the entry adds to its page, its header included.
    default int bytes() {
        return switch (this) {
            case Row row -> Format.ELEMENT_HEADER + row.key.length() + row.value.length();
            case Child child -> Format.ELEMENT_HEADER + child.key.length();
        };
    }

    /// Of a leaf.
    ///
    /// @param flags `Format.IS_BUCKET` or 0
    record Row(int flags, Bytes key, Bytes value) implements Element {}

    /// Of a branch.
    ///
    /// @param key the least key below it
    record Child(Bytes key, long page) implements Element {}
}
