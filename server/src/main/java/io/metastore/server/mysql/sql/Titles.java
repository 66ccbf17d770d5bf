package io.metastore.server.mysql.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What a query's columns are called that have no name: as they are written, which the parser does not
/// keep.
///
///     SELECT 1+1, COUNT( * ) FROM kv   →   "1+1", "COUNT( * )"
final class Titles {
    private static final Set<String> BEFORE_LIST = Set.of(
            "DISTINCT", "ALL", "HIGH_PRIORITY", "SQL_NO_CACHE", "SQL_CACHE", "SQL_CALC_FOUND_ROWS", "STRAIGHT_JOIN");
    private static final Set<String> AFTER_LIST =
            Set.of("FROM", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "UNION", "FOR", "LOCK", "INTO");

    private Titles() {}

    /// Of the first list in a statement that begins with SELECT; else none.
    static List<String> of(String statement) {
        var words = Words.of(statement);
        var titles = new ArrayList<String>();
        if (!words.take("SELECT")) {
            return titles;
        }
        while (words.peek().filter(word -> isOneOf(word, BEFORE_LIST)).isPresent()) {
            words.next();
        }
        int depth = 0;
        int start = -1;
        int end = -1;
        while (!words.isAtEnd()) {
            var word = words.next();
            if (depth == 0 && (word.is(",") || isOneOf(word, AFTER_LIST))) {
                titles.add(start < 0 ? "" : statement.substring(start, end));
                start = -1;
                if (!word.is(",")) {
                    return titles;
                }
            } else {
                depth += word.is("(") ? 1 : word.is(")") ? -1 : 0;
                start = start < 0 ? word.start() : start;
                end = word.end();
            }
        }
        titles.add(start < 0 ? "" : statement.substring(start, end));
        return titles;
    }

    private static boolean isOneOf(Words.Word word, Set<String> keywords) {
        return word.kind() == Words.Kind.NAME && keywords.contains(word.text().toUpperCase(java.util.Locale.ROOT));
    }
}
