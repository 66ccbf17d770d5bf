package io.metastore.server.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/// Reads JSON with the errors of Go's library. Of an object the values of its own keys are kept, as kinds and texts;
/// what is further inside is only checked.
///
///     {"maxsize": 1.5, "x": [2]}  →  maxsize: number 1.5, x: array
final class GoJson {
    private static final String WHITESPACE = " \t\r\n";
    private static final String BEGINNING = "looking for beginning of value";

    private final String text;
    private final Map<String, Value> fields = new LinkedHashMap<>();
    private int at;
    private int depth;

    private GoJson(String text) {
        this.text = text;
    }

    /// What Go calls its kinds; `NULL` stands for a value that is not given.
    enum Kind {
        OBJECT,
        ARRAY,
        STRING,
        NUMBER,
        BOOL,
        NULL
    }

    /// @param text of a number, a truth value or, with its escapes, a string
    record Value(Kind kind, String text) {}

    /// @param whole of it, and if that is an object, its fields in their order
    record Document(Value whole, Map<String, Value> fields) {}

    /// It is no JSON; the message is Go's.
    static final class SyntaxException extends RuntimeException {
        private static final long serialVersionUID = 1;

        SyntaxException(String message) {
            super(message);
        }
    }

    /// @throws SyntaxException when it is no JSON
    static Document read(String text) {
        var json = new GoJson(text);
        var whole = json.value(BEGINNING);
        json.skipSpace();
        if (json.at < text.length()) {
            throw json.unexpected("after top-level value");
        }
        return new Document(whole, json.fields);
    }

    private Value value(String context) {
        skipSpace();
        char first = peek();
        int begin = at;
        return switch (first) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> new Value(Kind.STRING, string());
            case 't' -> literal("true", Kind.BOOL);
            case 'f' -> literal("false", Kind.BOOL);
            case 'n' -> literal("null", Kind.NULL);
            default -> {
                if (first != '-' && !isDigit(first)) {
                    throw unexpected(context);
                }
                number();
                yield new Value(Kind.NUMBER, text.substring(begin, at));
            }
        };
    }

    private Value object() {
        at++;
        depth++;
        skipSpace();
        if (peek() == '}') {
            return closed(Kind.OBJECT);
        }
        while (true) {
            skipSpace();
            expect('"', "looking for beginning of object key string");
            var key = string();
            skipSpace();
            expect(':', "after object key");
            at++;
            var value = value(BEGINNING);
            if (depth == 1) {
                fields.put(key, value);
            }
            skipSpace();
            if (peek() == '}') {
                return closed(Kind.OBJECT);
            }
            expect(',', "after object key:value pair");
            at++;
        }
    }

    private Value array() {
        at++;
        depth++;
        skipSpace();
        if (peek() == ']') {
            return closed(Kind.ARRAY);
        }
        while (true) {
            var _ = value(BEGINNING);
            skipSpace();
            if (peek() == ']') {
                return closed(Kind.ARRAY);
            }
            expect(',', "after array element");
            at++;
        }
    }

    private Value closed(Kind kind) {
        at++;
        depth--;
        return new Value(kind, "");
    }

    /// What is between the quotes.
    private String string() {
        int begin = ++at;
        while (peek() != '"') {
            if (peek() < ' ') {
                throw unexpected("in string literal");
            }
            if (peek() == '\\') {
                at++;
                escape();
            } else {
                at++;
            }
        }
        return text.substring(begin, at++);
    }

    private void escape() {
        if (peek() != 'u') {
            if ("\"\\/bfnrt".indexOf(peek()) < 0) {
                throw unexpected("in string escape code");
            }
            at++;
            return;
        }
        at++;
        for (int digit = 0; digit < 4; digit++) {
            if (Character.digit(peek(), 16) < 0) {
                throw unexpected("in \\u hexadecimal character escape");
            }
            at++;
        }
    }

    private void number() {
        if (peek() == '-') {
            at++;
        }
        if (isDigitNext() && text.charAt(at) == '0') {
            at++;
        } else {
            digits("in numeric literal");
        }
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            digits("after decimal point in numeric literal");
        }
        if (at < text.length() && (text.charAt(at) | ' ') == 'e') {
            at++;
            if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            digits("in exponent of numeric literal");
        }
    }

    private void digits(String context) {
        if (!isDigit(peek())) {
            throw unexpected(context);
        }
        while (isDigitNext()) {
            at++;
        }
    }

    private Value literal(String word, Kind kind) {
        for (int i = 0; i < word.length(); i++) {
            expect(word.charAt(i), "in literal " + word + " (expecting " + quoted(word.charAt(i)) + ")");
            at++;
        }
        return new Value(kind, word);
    }

    private void expect(char wanted, String context) {
        if (peek() != wanted) {
            throw unexpected(context);
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw new SyntaxException("unexpected end of JSON input");
        }
        return text.charAt(at);
    }

    private void skipSpace() {
        while (at < text.length() && WHITESPACE.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean isDigitNext() {
        return at < text.length() && isDigit(text.charAt(at));
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private SyntaxException unexpected(String context) {
        return new SyntaxException("invalid character " + quoted(peek()) + " " + context);
    }

    private static String quoted(char character) {
        return switch (character) {
            case '\'' -> "'\\''";
            case '\\' -> "'\\\\'";
            case '\n' -> "'\\n'";
            case '\r' -> "'\\r'";
            case '\t' -> "'\\t'";
            default -> "'" + character + "'";
        };
    }
}
