package io.metastore.server.mysql.packet;

/// The client is gone, so there is nobody to answer. It carries no stack trace.
public final class ClosedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ClosedException() {
        super("the client is gone", null, false, false);
    }
}
