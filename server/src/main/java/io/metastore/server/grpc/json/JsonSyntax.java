package io.metastore.server.grpc.json;

import java.util.BitSet;

/// Finds where a JSON value ends, and what is wrong with one that is none. Nesting costs a bit a level, so that no
/// input can exhaust the stack. Source: the scanner of Go's encoding/json, whose words these are.
final class JsonSyntax {
    private static final int DEEPEST = 10_000;
    private static final String VALUE = "looking for beginning of value";
    private static final String KEY = "looking for beginning of object key string";

    private final byte[] text;
    /// For each open bracket whether it is that of an object.
    private final BitSet objects = new BitSet();
    private int depth;
    private int at;

    private JsonSyntax(byte[] text, int from) {
        this.text = text;
        this.at = from;
    }

    /// The end of the value that begins at `from`. What comes after it does not matter.
    static int end(byte[] text, int from) throws JsonException {
        return new JsonSyntax(text, from).whole();
    }

    /// The first place from `from` on that is no space; the length of the text if there is none.
    static int afterSpaces(byte[] text, int from) {
        int at = from;
        while (at < text.length && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r' || text[at] == '\n')) {
            at++;
        }
        return at;
    }

    private int whole() throws JsonException {
        do {
            value();
        } while (isFollowedByAnother());
        return at;
    }

    /// Reads a scalar or an empty pair of brackets; or enters brackets up to the first scalar in them.
    private void value() throws JsonException {
        while (true) {
            byte first = afterSpaces();
            switch (first) {
                case '{', '[' -> {
                    if (enter(first == '{')) {
                        continue;
                    }
                }
                case '"' -> string();
                case 't' -> literal("true");
                case 'f' -> literal("false");
                case 'n' -> literal("null");
                case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(first);
                default -> throw unexpected(first, VALUE);
            }
            return;
        }
    }

    /// Whether there is a value inside, of which the key has been read.
    private boolean enter(boolean object) throws JsonException {
        if (depth == DEEPEST) {
            throw new JsonException("exceeded max depth");
        }
        if (afterSpaces() == (object ? '}' : ']')) {
            return false;
        }
        at--;
        objects.set(depth, object);
        depth++;
        if (object) {
            key();
        }
        return true;
    }

    private void key() throws JsonException {
        byte first = afterSpaces();
        if (first != '"') {
            throw unexpected(first, KEY);
        }
        string();
        byte colon = afterSpaces();
        if (colon != ':') {
            throw unexpected(colon, "after object key");
        }
    }

    /// After a value: leaves the brackets that end here.
    private boolean isFollowedByAnother() throws JsonException {
        while (depth > 0) {
            boolean object = objects.get(depth - 1);
            var where = object ? "after object key:value pair" : "after array element";
            byte next = afterSpaces();
            if (next == ',') {
                if (object) {
                    key();
                }
                return true;
            }
            if (next != (object ? '}' : ']')) {
                throw unexpected(next, where);
            }
            depth--;
        }
        return false;
    }

    private void string() throws JsonException {
        while (true) {
            byte character = next();
            if (character == '"') {
                return;
            }
            if (character == '\\') {
                escape();
            } else if (character >= 0 && character < ' ') {
                throw unexpected(character, "in string literal");
            }
        }
    }

    private void escape() throws JsonException {
        byte character = next();
        if (character != 'u') {
            expect("bfnrt\\/\"".indexOf(character) >= 0, character, "in string escape code");
            return;
        }
        for (int i = 0; i < 4; i++) {
            byte digit = next();
            expect(Character.digit(digit, 16) >= 0, digit, "in \\u hexadecimal character escape");
        }
    }

    private void literal(String word) throws JsonException {
        for (int i = 1; i < word.length(); i++) {
            byte character = next();
            expect(
                    character == word.charAt(i),
                    character,
                    "in literal " + word + " (expecting '" + word.charAt(i) + "')");
        }
    }

    private void number(byte first) throws JsonException {
        byte digit = first;
        if (first == '-') {
            digit = next();
            expect(isDigit(digit), digit, "in numeric literal");
        }
        if (digit != '0') {
            digits();
        }
        if (peek() == '.') {
            at++;
            someDigits(next(), "after decimal point in numeric literal");
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            byte sign = next();
            someDigits(sign == '+' || sign == '-' ? next() : sign, "in exponent of numeric literal");
        }
    }

    private void someDigits(byte first, String where) throws JsonException {
        expect(isDigit(first), first, where);
        digits();
    }

    private void digits() {
        while (isDigit(peek())) {
            at++;
        }
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    /// The character here, or 0 at the end.
    private byte peek() {
        return at < text.length ? text[at] : 0;
    }

    private byte afterSpaces() throws JsonException {
        at = afterSpaces(text, at);
        return next();
    }

    private byte next() throws JsonException {
        if (at == text.length) {
            throw new JsonException("unexpected EOF");
        }
        return text[at++];
    }

    private static void expect(boolean holds, byte character, String where) throws JsonException {
        if (!holds) {
            throw unexpected(character, where);
        }
    }

    private static JsonException unexpected(byte character, String where) {
        return new JsonException("invalid character " + GoQuote.character(character) + " " + where);
    }
}
