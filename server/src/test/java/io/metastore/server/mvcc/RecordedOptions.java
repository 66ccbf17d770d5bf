package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The words behind a command of a recorded history: `name=value`, or a name alone.
record RecordedOptions(Map<String, String> given) {
    static RecordedOptions of(List<String> words) {
        var given = new HashMap<String, String>();
        for (var word : words) {
            int equals = word.indexOf('=');
            given.put(equals < 0 ? word : word.substring(0, equals), equals < 0 ? "" : word.substring(equals + 1));
        }
        return new RecordedOptions(given);
    }

    boolean has(String name) {
        return given.containsKey(name);
    }

    String text(String name) {
        return Optional.ofNullable(given.get(name))
                .orElseThrow(() -> new IllegalArgumentException("no " + name + " in " + given));
    }

    String text(String name, String otherwise) {
        return has(name) ? text(name) : otherwise;
    }

    long number(String name) {
        return Long.parseLong(text(name, "0"));
    }

    Bytes bytes(String name) {
        return bytesOf(text(name));
    }

    KeyRange keys() {
        if (!has("end")) {
            return KeyRange.single(bytes("k"));
        }
        return text("end").equals("%00") ? KeyRange.from(bytes("k")) : new KeyRange(bytes("k"), bytes("end"));
    }

    /// Undoes `percent`.
    static Bytes bytesOf(String text) {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '%') {
                bytes.write(Integer.parseInt(text, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(text.charAt(i));
            }
        }
        return Bytes.wrap(bytes.toByteArray());
    }

    /// Letters, digits, '.', '_' and '-' as they are, other bytes as %xx.
    static String percent(Bytes bytes) {
        var text = new StringBuilder();
        for (int i = 0; i < bytes.length(); i++) {
            int octet = bytes.at(i);
            boolean letter = octet < 128 && Character.isLetterOrDigit(octet);
            boolean plain = letter || "._-".indexOf(octet) >= 0;
            text.append(plain ? Character.toString(octet) : String.format("%%%02X", octet));
        }
        return text.toString();
    }
}
