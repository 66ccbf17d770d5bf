package io.metastore.server.raft.codec;

/// An entry of the log cannot be understood; applying anything after it would make this member differ from the
/// others.
public final class DamagedEntryException extends RuntimeException {
    DamagedEntryException(String message) {
        super(message);
    }

    DamagedEntryException(String message, Throwable cause) {
        super(message, cause);
    }
}
