package io.metastore.server.grpc.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Reads numbers, strings, bytes, switches and names of enums. Source: Go's protojson.
final class ScalarReader {
    private static final BigInteger ONE = BigInteger.ONE;

    private final byte[] text;
    private final JsonPlace place;

    ScalarReader(byte[] text, JsonPlace place) {
        this.text = text;
        this.place = place;
    }

    /// The value of the token between `from` and `to`, which may be of any kind; none for the unknown name of an
    /// enum's value.
    ///
    /// @throws JsonException when it is no value for this field
    Optional<Object> read(FieldDescriptor field, int from, int to) throws JsonException {
        var raw = new String(text, from, to - from, StandardCharsets.UTF_8);
        boolean quoted = text[from] == '"';
        var content = quoted ? JsonStrings.parse(text, from, to, place) : raw;
        if (field.getType() == FieldDescriptor.Type.ENUM && quoted) {
            return Optional.ofNullable(field.getEnumType().findValueByName(content));
        }
        var value = switch (field.getType()) {
            case BOOL -> quoted ? Optional.empty() : truth(content);
            case INT32, SINT32, SFIXED32 -> number(content, 32, true).map(BigInteger::intValue);
            case INT64, SINT64, SFIXED64 -> number(content, 64, true).map(BigInteger::longValue);
            case UINT32, FIXED32 -> number(content, 32, false).map(BigInteger::intValue);
            case UINT64, FIXED64 -> number(content, 64, false).map(BigInteger::longValue);
            case ENUM ->
                number(content, 32, true)
                        .map(number -> field.getEnumType().findValueByNumberCreatingIfUnknown(number.intValue()));
            case STRING -> quoted ? Optional.of(content) : Optional.empty();
            case BYTES -> quoted ? bytes(content) : Optional.empty();
            case FLOAT, DOUBLE, MESSAGE, GROUP ->
                throw new IllegalArgumentException("etcd has no such scalar: " + field.getFullName());
        };
        if (value.isEmpty()) {
            throw place.error(from, "invalid value for " + kind(field) + " field " + field.getJsonName() + ": " + raw);
        }
        return Optional.of(value.get());
    }

    private static String kind(FieldDescriptor field) {
        return field.getType().toProto().name().substring("TYPE_".length()).toLowerCase(java.util.Locale.ROOT);
    }

    private static Optional<Boolean> truth(String content) {
        return switch (content) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<BigInteger> number(String content, int bits, boolean signed) {
        if (!content.equals(content.strip())) {
            return Optional.empty();
        }
        return signed
                ? GoNumber.whole(
                        content,
                        ONE.shiftLeft(bits - 1).negate(),
                        ONE.shiftLeft(bits - 1).subtract(ONE))
                : GoNumber.whole(content, BigInteger.ZERO, ONE.shiftLeft(bits).subtract(ONE));
    }

    /// Base64 with either alphabet; without padding if its length is no multiple of four. Line breaks count in that
    /// length, and are skipped.
    private static Optional<ByteString> bytes(String content) {
        boolean padded = content.length() % 4 == 0;
        var plain = content.replace("\r", "").replace("\n", "");
        boolean fits = padded ? plain.length() % 4 == 0 : !plain.contains("=");
        if (!fits) {
            return Optional.empty();
        }
        var decoder = plain.contains("-") || plain.contains("_") ? Base64.getUrlDecoder() : Base64.getDecoder();
        try {
            return Optional.of(ByteString.copyFrom(decoder.decode(plain)));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
