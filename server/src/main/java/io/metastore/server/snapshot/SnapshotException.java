package io.metastore.server.snapshot;

/// A file that cannot be used as asked. The message says why, in etcdutl's words where it has some.
public final class SnapshotException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SnapshotException(String message) {
        super(message);
    }

    SnapshotException(String message, Throwable cause) {
        super(message, cause);
    }
}
