package io.metastore.server.grpc.json;

import java.nio.charset.StandardCharsets;

/// Tells where in a value something is wrong, as `(line 1:8)`: lines from 1, characters from 1.
final class JsonPlace {
    /// What Go's protobuf library begins its errors with. The space does not break, in the etcd 3.7.1 that we compare
    /// with; the library leaves it open, so that nobody relies on it.
    static final String PROTO = "proto:\u00a0";

    private final byte[] text;

    JsonPlace(byte[] text) {
        this.text = text;
    }

    JsonException error(int at, String what) {
        return new JsonException(PROTO + position(at) + what);
    }

    JsonException syntaxError(int at, String what) {
        return new JsonException(PROTO + "syntax error " + position(at) + what);
    }

    private String position(int at) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < at; i++) {
            if (text[i] == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        var before = new String(text, lineStart, at - lineStart, StandardCharsets.UTF_8);
        int column = before.codePointCount(0, before.length()) + 1;
        return "(line " + line + ":" + column + "): ";
    }
}
