package io.metastore.server.storage;

/// The engine or its disk failed, or its files are not what they should be.
public final class StorageException extends RuntimeException {
    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }

    public StorageException(String message) {
        super(message);
    }
}
