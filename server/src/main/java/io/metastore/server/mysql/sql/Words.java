package io.metastore.server.mysql.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A statement as words, for those that are not left to the parser: SET, SHOW, BEGIN and the like. Words are read one
/// after the other; what is not read to the end is an error at its place.
final class Words {
    private final String statement;
    private final List<Word> words;
    private int at;

    private Words(String statement, List<Word> words) {
        this.statement = statement;
        this.words = words;
    }

    enum Kind {
        NAME,
        QUOTED_NAME,
        TEXT,
        NUMBER,
        SYMBOL
    }

    /// One word.
    ///
    /// @param text without quotes
    record Word(Kind kind, String text, int start, int end) {
        boolean is(String keyword) {
            return (kind == Kind.NAME && text.equalsIgnoreCase(keyword))
                    || (kind == Kind.SYMBOL && text.equals(keyword));
        }
    }

    static Words of(String statement) {
        var words = new ArrayList<Word>();
        int at = 0;
        while (at < statement.length()) {
            char c = statement.charAt(at);
            if (c <= ' ') {
                at++;
            } else {
                var word = word(statement, at);
                words.add(word);
                at = word.end();
            }
        }
        return new Words(statement, words);
    }

    private static Word word(String statement, int start) {
        char c = statement.charAt(start);
        if (c == '\'' || c == '"' || c == '`') {
            return quoted(statement, start);
        }
        int end = start;
        while (end < statement.length() && isNamePart(statement.charAt(end))) {
            end++;
        }
        if (end == start) {
            int width = statement.startsWith(":=", start) || statement.startsWith("@@", start) ? 2 : 1;
            return new Word(Kind.SYMBOL, statement.substring(start, start + width), start, start + width);
        }
        var text = statement.substring(start, end);
        var kind = text.chars().allMatch(Character::isDigit) ? Kind.NUMBER : Kind.NAME;
        return new Word(kind, text, start, end);
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c >= 0x80;
    }

    private static Word quoted(String statement, int start) {
        char quote = statement.charAt(start);
        var text = new StringBuilder();
        int at = start + 1;
        while (at < statement.length()) {
            char c = statement.charAt(at);
            if (c == '\\' && quote != '`' && at + 1 < statement.length()) {
                text.append(escaped(statement.charAt(at + 1)));
                at += 2;
            } else if (c == quote && at + 1 < statement.length() && statement.charAt(at + 1) == quote) {
                text.append(c);
                at += 2;
            } else if (c == quote) {
                break;
            } else {
                text.append(c);
                at++;
            }
        }
        return new Word(quote == '`' ? Kind.QUOTED_NAME : Kind.TEXT, text.toString(), start, at + 1);
    }

    private static String escaped(char c) {
        return switch (c) {
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case '0' -> "\0";
            case 'b' -> "\b";
            case 'Z' -> "\u001a";
            case '%', '_' -> "\\" + c;
            default -> String.valueOf(c);
        };
    }

    String statement() {
        return statement;
    }

    boolean isAtEnd() {
        return at >= words.size();
    }

    Optional<Word> peek() {
        return isAtEnd() ? Optional.empty() : Optional.of(words.get(at));
    }

    /// The words to come are these, separated by blanks; they are read then.
    boolean take(String keywords) {
        var wanted = keywords.split(" ", -1);
        for (int i = 0; i < wanted.length; i++) {
            if (at + i >= words.size() || !words.get(at + i).is(wanted[i])) {
                return false;
            }
        }
        at += wanted.length;
        return true;
    }

    Words expect(String keywords) {
        if (!take(keywords)) {
            throw unexpected();
        }
        return this;
    }

    /// A name, in quotes of its kind or without.
    String name() {
        var word = next();
        if (word.kind() != Kind.NAME && word.kind() != Kind.QUOTED_NAME) {
            at--;
            throw unexpected();
        }
        return word.text();
    }

    /// A name or a text.
    String nameOrText() {
        var word = next();
        if (word.kind() == Kind.SYMBOL) {
            at--;
            throw unexpected();
        }
        return word.text();
    }

    Word next() {
        if (isAtEnd()) {
            throw unexpected();
        }
        return words.get(at++);
    }

    /// All that is left, as it was written.
    String rest() {
        var rest = isAtEnd() ? "" : statement.substring(words.get(at).start());
        at = words.size();
        return rest;
    }

    /// What is written up to the next comma outside of parentheses; it is read then, the comma is not.
    String upToComma() {
        int start = at;
        int depth = 0;
        while (!isAtEnd() && !(depth == 0 && words.get(at).is(","))) {
            depth += words.get(at).is("(") ? 1 : words.get(at).is(")") ? -1 : 0;
            at++;
        }
        if (start == at) {
            throw unexpected();
        }
        return statement.substring(words.get(start).start(), words.get(at - 1).end());
    }

    void end() {
        if (!isAtEnd()) {
            throw unexpected();
        }
    }

    RuntimeException unexpected() {
        return SqlErrors.syntax(
                statement, isAtEnd() ? statement.length() : words.get(at).start());
    }

    /// The first word, in capitals; empty when there is none.
    String first() {
        return words.isEmpty() ? "" : words.getFirst().text().toUpperCase(Locale.ROOT);
    }
}
