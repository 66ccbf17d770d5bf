package io.metastore.server.log;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes values as JSON. Numbers, truth values, lists and maps keep their kind; anything else is written as its
/// text.
final class Json {
    private final StringBuilder text;

    Json(StringBuilder text) {
        this.text = text;
    }

    void value(@Nullable Object value) {
        switch (value) {
            case null -> text.append("null");
            case Boolean truth -> text.append(truth);
            case Double number -> finite(number, Double.isFinite(number));
            case Float number -> finite(number, Float.isFinite(number));
            case Number number -> text.append(number);
            case Collection<?> list -> list(list);
            case Map<?, ?> map -> map(map);
            default -> string(value.toString());
        }
    }

    void field(String name, @Nullable Object value) {
        string(name);
        text.append(':');
        value(value);
    }

    private void finite(Number number, boolean isFinite) {
        if (isFinite) {
            text.append(number);
        } else {
            string(number.toString());
        }
    }

    private void list(Collection<?> list) {
        var separator = "";
        text.append('[');
        for (var each : list) {
            text.append(separator);
            value(each);
            separator = ",";
        }
        text.append(']');
    }

    private void map(Map<?, ?> map) {
        var separator = "";
        text.append('{');
        for (var each : map.entrySet()) {
            text.append(separator);
            field(String.valueOf(each.getKey()), each.getValue());
            separator = ",";
        }
        text.append('}');
    }

    private void string(String raw) {
        text.append('"');
        for (int i = 0; i < raw.length(); i++) {
            character(raw.charAt(i));
        }
        text.append('"');
    }

    private void character(char character) {
        switch (character) {
            case '"', '\\' -> text.append('\\').append(character);
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default -> {
                if (character < ' ' || Character.isSurrogate(character)) {
                    text.append(String.format("\\u%04x", (int) character));
                } else {
                    text.append(character);
                }
            }
        }
    }
}
