package io.metastore.server.model;

/// One change of one key. For a delete, `keyValue` is a tombstone: it has only the key and the revision of the delete.
public record Event(Kind kind, KeyValue keyValue) {
    public enum Kind {
        PUT,
        DELETE
    }
}
