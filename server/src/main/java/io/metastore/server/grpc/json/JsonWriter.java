package io.metastore.server.grpc.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// Writes messages as etcd's gateway does: names of the proto file, in its order; nothing for what has its initial
/// value; numbers of 64 bits as strings; bytes as base64; enums by name.
///
///     whole answers:    {"header":{"revision":"2", "raft_term":"2"}, "count":"1"}
///     parts of streams: {"result":{"header":{"revision":"2","raft_term":"2"},"created":true}}
///
/// Source: Go's protojson. Whether it puts a space behind commas is a matter of the program that uses it: the etcd
/// 3.7.1 that we compare with does. Parts of streams have gone through encoding/json too, which takes spaces out and
/// escapes what HTML gives a meaning.
public final class JsonWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final boolean compact;

    private JsonWriter(boolean compact) {
        this.compact = compact;
    }

    /// A message as a whole answer.
    public static byte[] whole(Message message) {
        var writer = new JsonWriter(false);
        writer.message(message);
        return writer.out.toByteArray();
    }

    /// A message as one line of a stream, with the line feed.
    public static byte[] line(Message result) {
        var writer = new JsonWriter(true);
        writer.ascii("{\"result\":");
        writer.message(result);
        writer.ascii("}\n");
        return writer.out.toByteArray();
    }

    /// An error as a whole answer.
    public static byte[] error(int code, String message) {
        var writer = new JsonWriter(false);
        writer.status(code, message);
        return writer.out.toByteArray();
    }

    /// An error as the last line of a stream, with the line feed.
    public static byte[] errorLine(int code, String message) {
        var writer = new JsonWriter(true);
        writer.ascii("{\"error\":");
        writer.status(code, message);
        writer.ascii("}\n");
        return writer.out.toByteArray();
    }

    /// A string with its quotes.
    public static String text(String value) {
        var writer = new JsonWriter(false);
        writer.string(value);
        return writer.out.toString(StandardCharsets.UTF_8);
    }

    private void status(int code, String message) {
        ascii("{\"code\":" + code);
        if (!message.isEmpty()) {
            comma();
            ascii("\"message\":");
            string(message);
        }
        ascii("}");
    }

    private void message(Message message) {
        ascii("{");
        boolean first = true;
        for (var field : message.getDescriptorForType().getFields()) {
            boolean present = field.isRepeated() ? message.getRepeatedFieldCount(field) > 0 : message.hasField(field);
            if (!present) {
                continue;
            }
            if (!first) {
                comma();
            }
            first = false;
            ascii("\"" + field.getName() + "\":");
            if (field.isRepeated()) {
                list(field, (List<?>) message.getField(field));
            } else {
                value(field, message.getField(field));
            }
        }
        ascii("}");
    }

    private void list(FieldDescriptor field, List<?> values) {
        ascii("[");
        boolean first = true;
        for (var value : values) {
            if (!first) {
                comma();
            }
            first = false;
            value(field, value);
        }
        ascii("]");
    }

    private void value(FieldDescriptor field, Object value) {
        switch (field.getType()) {
            case BOOL, INT32, SINT32, SFIXED32 -> ascii(value.toString());
            case UINT32, FIXED32 -> ascii(Integer.toUnsignedString((Integer) value));
            case INT64, SINT64, SFIXED64 -> ascii("\"" + value + "\"");
            case UINT64, FIXED64 -> ascii("\"" + Long.toUnsignedString((Long) value) + "\"");
            case STRING -> string((String) value);
            case BYTES -> bytes((ByteString) value);
            case ENUM -> enumeration((EnumValueDescriptor) value);
            case MESSAGE -> message((Message) value);
            case FLOAT, DOUBLE, GROUP ->
                throw new IllegalArgumentException("etcd has no such field: " + field.getFullName());
        }
    }

    private void enumeration(EnumValueDescriptor value) {
        boolean known = value.getType().findValueByNumber(value.getNumber()) != null;
        ascii(known ? "\"" + value.getName() + "\"" : Integer.toString(value.getNumber()));
    }

    private void bytes(ByteString value) {
        ascii("\"");
        out.writeBytes(Base64.getEncoder().encode(value.toByteArray()));
        ascii("\"");
    }

    private void string(String value) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            switch (character) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\b' -> quoted.append("\\b");
                case '\f' -> quoted.append("\\f");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (character < ' ' || (compact && "<>&\u2028\u2029".indexOf(character) >= 0)) {
                        quoted.append("\\u%04x".formatted((int) character));
                    } else {
                        quoted.append(character);
                    }
                }
            }
        }
        out.writeBytes(quoted.append('"').toString().getBytes(StandardCharsets.UTF_8));
    }

    private void comma() {
        ascii(compact ? "," : ", ");
    }

    private void ascii(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
