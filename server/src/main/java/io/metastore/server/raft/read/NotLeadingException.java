package io.metastore.server.raft.read;

/// This member does not lead, or could not make sure that it does. It carries no stack: it is an answer, not a
/// fault.
public final class NotLeadingException extends Exception {
    public NotLeadingException() {
        super("leadership could not be confirmed", null, false, false);
    }
}
