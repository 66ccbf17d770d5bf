package io.metastore.server.rest;

import com.google.gson.stream.JsonWriter;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Keys as JSON. Text stands as it is, other bytes in base64 under another name; the number of a lease is a string,
/// since it may have more digits than JavaScript's numbers.
///
///     {"key":"a","value":"b","createRevision":2,"modRevision":5,"version":3,"lease":"7587862094"}
///     {"keyBase64":"/w==","value":"","createRevision":6,"modRevision":6,"version":1}
final class Rows {
    private Rows() {}

    /// @param withValue else the key and its numbers only
    static void write(JsonWriter json, KeyValue row, boolean withValue) throws IOException {
        json.beginObject();
        bytes(json, "key", row.key());
        if (withValue) {
            bytes(json, "value", row.value());
        }
        json.name("createRevision").value(row.createRevision());
        json.name("modRevision").value(row.modRevision());
        json.name("version").value(row.version());
        if (!row.lease().isNone()) {
            json.name("lease").value(Long.toString(row.lease().number()));
        }
        json.endObject();
    }

    /// The key that was deleted, and when.
    static void writeDeleted(JsonWriter json, KeyValue tombstone) throws IOException {
        json.beginObject();
        bytes(json, "key", tombstone.key());
        json.name("modRevision").value(tombstone.modRevision());
        json.endObject();
    }

    private static void bytes(JsonWriter json, String name, Bytes bytes) throws IOException {
        var text = text(bytes);
        if (text.isPresent()) {
            json.name(name).value(text.get());
        } else {
            json.name(name + "Base64").value(Base64.getEncoder().encodeToString(bytes.shared()));
        }
    }

    private static Optional<String> text(Bytes bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.shared()))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
