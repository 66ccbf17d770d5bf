package io.metastore.server.grpc;

/// A state that could not be fetched whole. The message says why.
public final class SnapshotClientException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SnapshotClientException(String message) {
        super(message);
    }

    SnapshotClientException(String message, Throwable cause) {
        super(message, cause);
    }
}
