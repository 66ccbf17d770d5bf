package io.metastore.server.request;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.LeaseId;

/// Stores `value` under `key` and ties the key to `lease`; `LeaseId.NONE` ties it to none.
///
/// @param previous return what the key held before
/// @param keepValue leave the value as it is (`value` is empty); refused when the key does not exist
/// @param keepLease leave the lease as it is (`lease` is none); refused when the key does not exist
public record Put(Bytes key, Bytes value, LeaseId lease, boolean previous, boolean keepValue, boolean keepLease)
        implements Operation, Command {
    public static Put of(Bytes key, Bytes value) {
        return new Put(key, value, LeaseId.NONE, false, false, false);
    }
}
