package io.metastore.server.dns;

/// DNS does not know what is asked for, or does not answer.
final class DnsException extends Exception {
    private static final long serialVersionUID = 1L;

    DnsException(String message) {
        super(message);
    }

    DnsException(String message, Throwable cause) {
        super(message, cause);
    }
}
