package io.metastore.server.cli;

import io.metastore.server.config.ConfigException;
import io.metastore.server.config.LogRotation;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Reads how log files are rotated, as etcd does: unknown keys mean nothing, the case of letters does not matter, and
/// the first value of a wrong kind is refused.
final class LogRotationReader {
    private static final Map<String, String> TYPES = Map.of(
            "filename", "string",
            "maxsize", "int",
            "maxage", "int",
            "maxbackups", "int",
            "localtime", "bool",
            "compress", "bool");

    private final Map<String, GoJson.Value> given = new HashMap<>();

    private LogRotationReader() {}

    /// @throws ConfigException in etcd's words
    static LogRotation read(String json) {
        var reader = new LogRotationReader();
        reader.check(document(json));
        return new LogRotation(
                reader.number("maxsize"),
                reader.number("maxage"),
                reader.number("maxbackups"),
                reader.isTrue("localtime"),
                reader.isTrue("compress"));
    }

    private static GoJson.Document document(String json) {
        try {
            return GoJson.read(json);
        } catch (GoJson.SyntaxException e) {
            throw new ConfigException("improperly formatted log rotation config: " + e.getMessage());
        }
    }

    private void check(GoJson.Document document) {
        var kind = document.whole().kind();
        if (kind != GoJson.Kind.OBJECT && kind != GoJson.Kind.NULL) {
            throw wrong(word(kind), "value of type embed.logRotationConfig");
        }
        document.fields().forEach((key, value) -> {
            var name = key.toLowerCase(Locale.ROOT);
            if (TYPES.containsKey(name) && value.kind() != GoJson.Kind.NULL) {
                check(name, value);
                given.put(name, value);
            }
        });
    }

    private static void check(String name, GoJson.Value value) {
        var type = TYPES.getOrDefault(name, "");
        var fits = switch (value.kind()) {
            case OBJECT, ARRAY, NULL -> false;
            case STRING -> type.equals("string");
            case BOOL -> type.equals("bool");
            case NUMBER -> type.equals("int") && isWhole(value.text());
        };
        if (!fits) {
            var number = value.kind() == GoJson.Kind.NUMBER && type.equals("int") ? " " + value.text() : "";
            throw wrong(
                    word(value.kind()) + number, "struct field logRotationConfig.Logger." + name + " of type " + type);
        }
    }

    private static ConfigException wrong(String what, String target) {
        return new ConfigException(
                "invalid log rotation config: json: cannot unmarshal " + what + " into Go " + target);
    }

    private static String word(GoJson.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static boolean isWhole(String text) {
        try {
            var _ = Long.parseLong(text);
            return true;
        } catch (NumberFormatException _) {
            return false;
        }
    }

    private long number(String name) {
        var value = given.get(name);
        return value == null ? 0 : Long.parseLong(value.text());
    }

    private boolean isTrue(String name) {
        var value = given.get(name);
        return value != null && value.text().equals("true");
    }
}
