package io.metastore.server.grpc.admin;

/// Something that was asked of a cluster was not done. The message says why.
public final class AdminClientException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AdminClientException(String message) {
        super(message);
    }

    AdminClientException(String message, Throwable cause) {
        super(message, cause);
    }
}
