package io.metastore.server.mysql.sql;

import java.util.ArrayList;
import java.util.List;

/// Cuts what a client sends into statements, before anything is parsed: at semicolons, without comments, and with the
/// content of comments that are meant for this version of MySQL.
///
///     "SELECT 1; /* x */ SELECT ';' -- y"   →  "SELECT 1", "SELECT ';'"
///     "/*!40101 SET NAMES utf8 */"          →  "SET NAMES utf8"
///
/// Text is ISO-8859-1: one character for each byte.
final class SqlText {
    private static final int VERSION = 80_040;
    private static final int VERSION_DIGITS = 5;
    private static final int DEEPEST = 500;

    private final String text;
    private final List<String> statements = new ArrayList<>();
    private final StringBuilder statement = new StringBuilder();
    private int at;
    private int depth;
    private int versioned;

    private SqlText(String text) {
        this.text = text;
    }

    /// The statements, without those that are empty.
    ///
    /// @throws io.metastore.server.mysql.packet.MysqlException when a comment or a literal has no end, or
    ///     parentheses are nested too deeply to be read
    static List<String> split(String text) {
        var cutting = new SqlText(text);
        cutting.cut();
        if (cutting.versioned > 0) {
            throw SqlErrors.syntax(text, text.length());
        }
        cutting.endStatement();
        return cutting.statements;
    }

    private void cut() {
        while (at < text.length()) {
            step();
        }
    }

    private void step() {
        char c = text.charAt(at);
        if (c == '\'' || c == '"' || c == '`') {
            quoted(c);
        } else if (c == '#' || (c == '-' && isDashComment())) {
            at = lineEnd();
            statement.append(' ');
        } else if (text.startsWith("/*", at)) {
            comment();
        } else if (versioned > 0 && text.startsWith("*/", at)) {
            versioned--;
            at += 2;
            statement.append(' ');
        } else if (c == ';') {
            endStatement();
            at++;
        } else {
            nesting(c);
            statement.append(c);
            at++;
        }
    }

    private void nesting(char c) {
        if (c == '(') {
            depth++;
            if (depth > DEEPEST) {
                throw SqlErrors.syntax(text, at);
            }
        } else if (c == ')') {
            depth--;
        }
    }

    private boolean isDashComment() {
        return text.startsWith("--", at) && (at + 2 >= text.length() || text.charAt(at + 2) <= ' ');
    }

    private int lineEnd() {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    private void quoted(char quote) {
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != quote) {
            end += quote != '`' && text.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= text.length()) {
            throw SqlErrors.syntax(text, at);
        }
        statement.append(text, at, end + 1);
        at = end + 1;
    }

    private void comment() {
        boolean forUs = text.startsWith("/*!", at);
        if (forUs) {
            int digits = at + 3;
            while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
                digits++;
            }
            int length = digits - at - 3;
            boolean meant = length == 0 || (length >= VERSION_DIGITS && version(digits, length) <= VERSION);
            if (meant) {
                versioned++;
                at = length == 0 ? at + 3 : digits;
                statement.append(' ');
                return;
            }
        }
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
            throw SqlErrors.syntax(text, at);
        }
        at = end + 2;
        statement.append(' ');
    }

    private int version(int end, int length) {
        return length > VERSION_DIGITS + 1 ? Integer.MAX_VALUE : Integer.parseInt(text.substring(end - length, end));
    }

    private void endStatement() {
        var whole = statement.toString().strip();
        if (!whole.isEmpty()) {
            statements.add(whole);
        }
        statement.setLength(0);
        depth = 0;
    }
}
