package io.metastore.server.mysql.sql;

import com.alibaba.druid.sql.ast.SQLExpr;
import com.alibaba.druid.sql.ast.SQLOrderBy;
import com.alibaba.druid.sql.ast.SQLOrderingSpecification;
import com.alibaba.druid.sql.ast.expr.SQLIntegerExpr;
import com.alibaba.druid.sql.ast.statement.SQLSelectOrderByItem;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// ORDER BY.
record Sorting(List<Term> terms) {
    record Term(Expression by, boolean descending) {}

    /// @param binder for the expressions, which may be aliases and positions
    static Sorting bind(SQLOrderBy order, Function<SQLExpr, Expression> binder) {
        return new Sorting(order.getItems().stream()
                .map(item -> new Term(binder.apply(expression(item)), isDescending(item)))
                .toList());
    }

    private static SQLExpr expression(SQLSelectOrderByItem item) {
        if (item.getNullsOrderType() != null) {
            throw SqlErrors.notSupported("NULLS FIRST");
        }
        return item.getExpr();
    }

    static boolean isDescending(SQLSelectOrderByItem item) {
        return item.getType() == SQLOrderingSpecification.DESC;
    }

    /// The column that a number stands for, from 0.
    static Optional<Integer> position(SQLExpr expression, int columns) {
        if (!(expression instanceof SQLIntegerExpr number)) {
            return Optional.empty();
        }
        int position = number.getNumber().intValue();
        if (position < 1 || position > columns) {
            throw SqlErrors.unknownColumn(String.valueOf(position), "order clause");
        }
        return Optional.of(position - 1);
    }

    Iterator<List<Value>> sorted(Iterator<List<Value>> rows) {
        var all = new Memory().all(rows);
        all.sort(order());
        return all.iterator();
    }

    Comparator<List<Value>> order() {
        return (left, right) -> {
            for (var term : terms) {
                int order =
                        Order.NULLS_FIRST.compare(term.by().of(left), term.by().of(right));
                if (order != 0) {
                    return term.descending() ? -order : order;
                }
            }
            return 0;
        };
    }
}
