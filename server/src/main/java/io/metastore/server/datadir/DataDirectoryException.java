package io.metastore.server.datadir;

/// A directory that must not be used as asked. The message says why and what to do; nothing in it was changed.
public final class DataDirectoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DataDirectoryException(String message) {
        super(message);
    }

    DataDirectoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
