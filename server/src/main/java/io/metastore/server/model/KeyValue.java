package io.metastore.server.model;

/// One version of a key. `version` counts the changes since the key was created, from 1; a tombstone has only `key` and
/// `modRevision`, the rest is empty or 0.
public record KeyValue(Bytes key, Bytes value, long createRevision, long modRevision, long version, LeaseId lease) {
    public static KeyValue tombstone(Bytes key, long modRevision) {
        return new KeyValue(key, Bytes.EMPTY, 0, modRevision, 0, LeaseId.NONE);
    }
}
