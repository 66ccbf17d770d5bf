package io.metastore.server.grpc.json;

/// A text that is not the JSON it should be; the message is for the client.
public final class JsonException extends Exception {
    JsonException(String message) {
        super(message, null, false, false);
    }

    /// The words for the client.
    public String text() {
        return String.valueOf(getMessage());
    }
}
