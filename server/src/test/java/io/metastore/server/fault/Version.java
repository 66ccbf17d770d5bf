package io.metastore.server.fault;

import mvccpb.KeyValue;

/// What a key holds at some revision.
///
/// @param modRevision revision of the change that made it, 0 for an absent key
record Version(String value, long modRevision) {
    static final Version NONE = new Version("", 0);

    static Version of(KeyValue row) {
        return new Version(row.getValue().toStringUtf8(), row.getModRevision());
    }
}
