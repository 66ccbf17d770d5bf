package io.metastore.server.grpc.json;

/// Characters and byte strings as Go's error texts show them.
final class GoQuote {
    private static final String ESCAPED = "\u0007\b\f\n\r\t\u000b";
    private static final String LETTERS = "abfnrtv";
    private static final int FIRST_PRINTABLE_LATIN1 = 0xa1;
    private static final int SOFT_HYPHEN = 0xad;

    private GoQuote() {}

    /// One byte, taken as the character with that number: `'x'`, `'\n'`, `'\u0081'`.
    static String character(byte character) {
        return switch (character) {
            case '\'' -> "'\\''";
            case '"' -> "'\"'";
            default -> "'" + escaped(character & 0xff) + "'";
        };
    }

    /// ASCII text in double quotes.
    static String string(String text) {
        var quoted = new StringBuilder("\"");
        text.chars().forEach(character -> quoted.append(character == '"' ? "\\\"" : escaped(character)));
        return quoted.append('"').toString();
    }

    private static String escaped(int character) {
        int letter = ESCAPED.indexOf(character);
        if (letter >= 0) {
            return "\\" + LETTERS.charAt(letter);
        }
        if (character == '\\') {
            return "\\\\";
        }
        if (character < ' ' || character == 0x7f) {
            return "\\x%02x".formatted(character);
        }
        boolean printable = character < 0x7f || (character >= FIRST_PRINTABLE_LATIN1 && character != SOFT_HYPHEN);
        return printable ? Character.toString(character) : "\\u%04x".formatted(character);
    }
}
