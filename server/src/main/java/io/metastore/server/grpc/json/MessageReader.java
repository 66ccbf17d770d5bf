package io.metastore.server.grpc.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Fills a message from a JSON value whose syntax is known to be right. Fields go by their JSON names or by those of
/// the proto file; unknown ones are skipped. Source: Go's protojson.
final class MessageReader {
    /// As deep as gRPC lets such messages be; deeper ones break other limits anyway.
    private static final int DEEPEST = 1000;

    private final byte[] text;
    private final JsonPlace place;
    private final ScalarReader scalars;
    private int at;

    private MessageReader(byte[] text) {
        this.text = text;
        this.place = new JsonPlace(text);
        this.scalars = new ScalarReader(text, place);
    }

    /// @param text one value without anything before or after it
    static void merge(byte[] text, Message.Builder message) throws JsonException {
        new MessageReader(text).message(message, 1);
    }

    private void message(Message.Builder message, int depth) throws JsonException {
        if (depth > DEEPEST) {
            throw new JsonException(JsonPlace.PROTO + "exceeded max recursion depth");
        }
        open('{');
        var seen = new HashSet<FieldDescriptor>();
        var chosen = new HashSet<OneofDescriptor>();
        while (!isClosedBy('}')) {
            int start = at;
            int end = JsonStrings.end(text, at);
            var name = JsonStrings.parse(text, start, end, place);
            at = JsonSyntax.afterSpaces(text, end);
            skipTo(at + 1);
            var field = field(message.getDescriptorForType(), name);
            if (field.isEmpty()) {
                skip();
                continue;
            }
            if (!seen.add(field.get())) {
                throw place.error(start, "duplicate field " + raw(start, end));
            }
            if (text[at] == 'n') {
                skip();
                continue;
            }
            checkOneof(field.get(), chosen, start, end);
            value(message, field.get(), depth);
        }
    }

    private void checkOneof(FieldDescriptor field, Set<OneofDescriptor> chosen, int start, int end)
            throws JsonException {
        var oneof = field.getContainingOneof();
        if (oneof != null && !chosen.add(oneof)) {
            throw place.error(
                    start, "error parsing " + raw(start, end) + ", oneof " + oneof.getFullName() + " is already set");
        }
    }

    private void value(Message.Builder message, FieldDescriptor field, int depth) throws JsonException {
        if (!field.isRepeated()) {
            one(message, field, depth).ifPresent(value -> message.setField(field, value));
            return;
        }
        open('[');
        while (!isClosedBy(']')) {
            one(message, field, depth).ifPresent(value -> message.addRepeatedField(field, value));
        }
    }

    /// One value; none for the name of an enum's value that nobody knows.
    private Optional<Object> one(Message.Builder message, FieldDescriptor field, int depth) throws JsonException {
        if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            var inner = message.newBuilderForField(field);
            message(inner, depth + 1);
            return Optional.of(inner.build());
        }
        int start = at;
        if (text[at] != '{' && text[at] != '[') {
            skip();
        }
        return scalars.read(field, start, endOfScalar(start));
    }

    private static Optional<FieldDescriptor> field(Descriptor type, String name) {
        for (var field : type.getFields()) {
            if (field.getJsonName().equals(name) || field.getName().equals(name)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    private void open(char bracket) throws JsonException {
        if (text[at] != bracket) {
            throw place.syntaxError(at, "unexpected token " + raw(at, endOfScalar(at)));
        }
        skipTo(at + 1);
    }

    /// Passes the closing bracket, or the comma before the next value.
    private boolean isClosedBy(char bracket) {
        if (text[at] == ',') {
            skipTo(at + 1);
            return false;
        }
        if (text[at] == bracket) {
            skipTo(at + 1);
            return true;
        }
        return false;
    }

    /// Passes one value, in which no string may be wrong.
    private void skip() throws JsonException {
        int depth = 0;
        do {
            switch (text[at]) {
                case '{', '[' -> {
                    depth++;
                    skipTo(at + 1);
                }
                case '}', ']' -> {
                    depth--;
                    skipTo(at + 1);
                }
                case ',', ':' -> skipTo(at + 1);
                default -> skipScalar();
            }
        } while (depth > 0);
    }

    private void skipScalar() throws JsonException {
        int end = endOfScalar(at);
        if (text[at] == '"') {
            JsonStrings.parse(text, at, end, place);
        }
        skipTo(end);
    }

    /// The end of what begins here; of a bracket just behind it.
    private int endOfScalar(int from) {
        if (text[from] == '"') {
            return JsonStrings.end(text, from);
        }
        int end = from + 1;
        if (text[from] != '{' && text[from] != '[') {
            while (end < text.length && ",:]} \t\r\n".indexOf(text[end]) < 0) {
                end++;
            }
        }
        return end;
    }

    private void skipTo(int next) {
        at = JsonSyntax.afterSpaces(text, next);
    }

    private String raw(int from, int to) {
        return new String(text, from, to - from, StandardCharsets.UTF_8);
    }
}
