package io.metastore.server.identity;

/// A key file cannot be used. Messages name the file, never what is in it.
public final class KeyException extends RuntimeException {
    KeyException(String message) {
        super(message);
    }

    KeyException(String message, Throwable cause) {
        super(message, cause);
    }
}
