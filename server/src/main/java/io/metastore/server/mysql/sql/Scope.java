package io.metastore.server.mysql.sql;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The names that an expression can use.
///
/// @param columns the cells of a row
/// @param aliases of the select list, in small letters; looked at where `aliasesFirst` says
/// @param clause as MySQL names it in errors
/// @param preferred how many of the columns are meant by a name that further ones have too
record Scope(
        List<Column> columns, Map<String, Expression> aliases, boolean aliasesFirst, String clause, int preferred) {
    Scope(List<Column> columns, Map<String, Expression> aliases, boolean aliasesFirst, String clause) {
        this(columns, aliases, aliasesFirst, clause, 0);
    }

    static Scope of(List<Column> columns, String clause) {
        return new Scope(columns, Map.of(), false, clause);
    }

    /// The first `count` columns are meant where there are others of the same name.
    Scope preferring(int count) {
        return new Scope(columns, aliases, aliasesFirst, clause, count);
    }

    /// @param table as the statement calls it
    Expression find(Optional<String> table, String name) {
        if (table.isEmpty() && aliasesFirst) {
            var alias = alias(name);
            if (alias.isPresent()) {
                return alias.get();
            }
        }
        int found = -1;
        for (int i = 0; i < columns.size(); i++) {
            var column = columns.get(i);
            if (column.name().equalsIgnoreCase(name)
                    && (table.isEmpty() || column.table().equalsIgnoreCase(table.get()))) {
                if (found >= 0 && found < preferred) {
                    break;
                }
                if (found >= 0) {
                    throw SqlErrors.ambiguousColumn(name, clause);
                }
                found = i;
            }
        }
        if (found >= 0) {
            return Expression.cell(columns.get(found).type(), found);
        }
        var whole = table.map(qualifier -> qualifier + "." + name).orElse(name);
        return (table.isEmpty() ? alias(name) : Optional.<Expression>empty())
                .orElseThrow(() -> SqlErrors.unknownColumn(whole, clause));
    }

    private Optional<Expression> alias(String name) {
        return Optional.ofNullable(aliases.get(name.toLowerCase(java.util.Locale.ROOT)));
    }
}
