package io.metastore.server.grpc.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Reads a string literal whose syntax is known to be right.
final class JsonStrings {
    private static final int ESCAPE_CHARACTERS = 6;
    private static final int HEX = 16;

    private final byte[] text;
    private final int from;
    private final int to;
    private final JsonPlace place;

    private JsonStrings(byte[] text, int from, int to, JsonPlace place) {
        this.text = text;
        this.from = from;
        this.to = to;
        this.place = place;
    }

    /// The place behind the literal that begins at `from`.
    static int end(byte[] text, int from) {
        int at = from + 1;
        while (text[at] != '"') {
            at += text[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    /// What the literal from `from` to `to` stands for.
    ///
    /// @throws JsonException for half a pair of surrogates and for what is not UTF-8
    static String parse(byte[] text, int from, int to, JsonPlace place) throws JsonException {
        return new JsonStrings(text, from, to, place).parse();
    }

    private String parse() throws JsonException {
        var literal = decode();
        if (literal.indexOf('\\') < 0) {
            return literal;
        }
        var result = new StringBuilder(literal.length());
        int at = 0;
        while (at < literal.length()) {
            char character = literal.charAt(at);
            if (character != '\\') {
                result.append(character);
                at++;
            } else if (literal.charAt(at + 1) != 'u') {
                result.append(unescaped(literal.charAt(at + 1)));
                at += 2;
            } else {
                int point = point(literal, at);
                result.appendCodePoint(point);
                at += ESCAPE_CHARACTERS * Character.charCount(point);
            }
        }
        return result.toString();
    }

    private String decode() throws JsonException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text, from + 1, to - from - 2))
                    .toString();
        } catch (CharacterCodingException e) {
            throw place.syntaxError(from, "invalid UTF-8 in string");
        }
    }

    /// The character of the escape here; one outside the basic plane takes two escapes.
    private int point(String literal, int at) throws JsonException {
        char unit = unit(literal, at);
        if (!Character.isSurrogate(unit)) {
            return unit;
        }
        var next = behind(literal, at + ESCAPE_CHARACTERS);
        if (next.length() < ESCAPE_CHARACTERS) {
            throw new JsonException(JsonPlace.PROTO + "unexpected EOF");
        }
        if (next.matches("\\\\u[0-9a-fA-F]{4}") && Character.isSurrogatePair(unit, unit(next, 0))) {
            return Character.toCodePoint(unit, unit(next, 0));
        }
        throw place.syntaxError(from, "invalid escape code " + GoQuote.string(next) + " in string");
    }

    /// The next six characters. Go looks at what follows in the whole text, not in the literal only.
    private String behind(String literal, int at) {
        var inside = literal.substring(at, Math.min(literal.length(), at + ESCAPE_CHARACTERS));
        int outside = Math.min(ESCAPE_CHARACTERS - inside.length(), text.length - to + 1);
        return inside + new String(text, to - 1, outside, StandardCharsets.UTF_8);
    }

    private static char unit(String literal, int at) {
        return (char) Integer.parseInt(literal, at + 2, at + ESCAPE_CHARACTERS, HEX);
    }

    private static char unescaped(char letter) {
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> letter;
        };
    }
}
