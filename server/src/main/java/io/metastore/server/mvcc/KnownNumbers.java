package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
import org.jspecify.annotations.Nullable;

/// Numbers of newest versions that are at hand without a look-up in the storage.
interface KnownNumbers {
    /// For those who read the rows and nothing else.
    KnownNumbers NONE = _ -> null;

    /// The numbers of a key, `KeyNumbers.ABSENT` when it is known not to be there; null when nothing is known.
    @Nullable KeyNumbers find(Bytes key);
}
