package io.metastore.e2e.history;

import java.util.Optional;

/// One change of one key.
///
/// @param row what the key became; a deleted one has version 0
/// @param previous what it was before; nothing when it was absent, or when it was not asked for
public record Event(Row row, Optional<Row> previous) {
    public boolean isPut() {
        return row.exists();
    }

    public boolean isCreate() {
        return isPut() && row.create() == row.mod();
    }

    public Event withoutPrevious() {
        return new Event(row, Optional.empty());
    }
}
