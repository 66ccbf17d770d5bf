package io.metastore.server.grpc.json;

import com.google.protobuf.Message;
import java.util.Arrays;
import java.util.Optional;

/// The JSON values in a text, one after the other.
public final class Json {
    private final byte[] text;
    private int at;

    public Json(byte[] text) {
        this.text = text;
    }

    /// The next value as a message of the prototype's type; nothing when there are only spaces left.
    ///
    /// @throws JsonException in Go's words, when the value is none or not of this type; there is no next then
    public <M extends Message> Optional<M> next(M prototype) throws JsonException {
        int start = JsonSyntax.afterSpaces(text, at);
        if (start == text.length) {
            return Optional.empty();
        }
        at = JsonSyntax.end(text, start);
        var message = prototype.newBuilderForType();
        MessageReader.merge(Arrays.copyOfRange(text, start, at), message);
        @SuppressWarnings("unchecked") // A builder makes messages of the type it came from.
        var built = (M) message.build();
        return Optional.of(built);
    }
}
