package io.metastore.server.raft.transfer;

/// A checkpoint could not be sent or received: the stream, the disk or the checkpoint is not what it should be.
/// What was received of it is of no use, unless it was only the stream that broke.
public final class TransferException extends RuntimeException {
    public TransferException(String message) {
        super(message);
    }

    public TransferException(String message, Throwable cause) {
        super(message, cause);
    }
}
