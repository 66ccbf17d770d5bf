package io.metastore.server.cli;

/// A command line that cannot be understood. The message is one line for the person who typed it.
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
