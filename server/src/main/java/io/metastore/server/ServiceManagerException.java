package io.metastore.server;

/// The service manager could not be told.
final class ServiceManagerException extends Exception {
    ServiceManagerException(String message) {
        super(message);
    }

    ServiceManagerException(String message, Throwable cause) {
        super(message, cause);
    }
}
