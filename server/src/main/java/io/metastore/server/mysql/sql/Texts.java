package io.metastore.server.mysql.sql;

import io.metastore.server.model.Bytes;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/// Values as texts: characters of UTF-8, or bytes where a binary one is among them.
public final class Texts {
    private Texts() {}

    /// The bytes that a client reads.
    public static Bytes bytes(Value value) {
        return Numbers.text(value);
    }

    /// As a number of 64 bits; above those with a sign the bits are as of one without.
    public static long whole(Value value) {
        return value instanceof Value.Whole(var number) ? number : Numbers.bits(value);
    }

    public static double real(Value value) {
        return Numbers.real(value);
    }

    static Value.Text text(Value value) {
        return value instanceof Value.Text text ? text : new Value.Text(Numbers.text(value), Collation.GENERAL);
    }

    static Charset charset(Collation collation) {
        return collation == Collation.BINARY ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
    }

    /// One character for each of the text's.
    static String characters(Value value) {
        var text = text(value);
        return new String(text.bytes().shared(), charset(text.collation()));
    }

    static Value of(String characters, Collation collation) {
        return new Value.Text(Bytes.wrap(characters.getBytes(charset(collation))), collation);
    }

    static Collation strongest(List<Value> values) {
        var strongest = Collation.GENERAL;
        for (var value : values) {
            if (value instanceof Value.Text(var _, var collation)) {
                strongest = strongest.with(collation);
            }
        }
        return strongest;
    }

    /// What LIKE means, as a regular expression over characters: `%` is any text, `_` any character.
    static Pattern like(Value pattern, String escape, Collation collation) {
        var characters = new String(text(pattern).bytes().shared(), charset(collation));
        var expression = new StringBuilder();
        int mark = escape.isEmpty() ? -1 : escape.charAt(0);
        for (int i = 0; i < characters.length(); i++) {
            char c = characters.charAt(i);
            if (c == mark && i + 1 < characters.length()) {
                i++;
                expression.append(Pattern.quote(characters.substring(i, i + 1)));
            } else if (c == '%') {
                expression.append(".*");
            } else if (c == '_') {
                expression.append('.');
            } else {
                expression.append(Pattern.quote(characters.substring(i, i + 1)));
            }
        }
        return Pattern.compile(expression.toString(), flags(collation));
    }

    static int flags(Collation collation) {
        int dots = Pattern.DOTALL;
        return collation == Collation.GENERAL ? dots | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : dots;
    }
}
