package io.metastore.server.mysql.sql;

import com.alibaba.druid.sql.ast.SQLExpr;
import com.alibaba.druid.sql.ast.expr.SQLBinaryOpExpr;
import com.alibaba.druid.sql.ast.expr.SQLBinaryOperator;
import com.alibaba.druid.sql.ast.expr.SQLInListExpr;
import com.alibaba.druid.sql.ast.expr.SQLListExpr;
import com.alibaba.druid.sql.ast.expr.SQLNotExpr;

/// Comparisons of several values at once, written out as comparisons of single ones.
///
///     (a, b) = (1, 2)   →  a = 1 AND b = 2
final class Rows {
    private Rows() {}

    static SQLExpr compare(SQLListExpr left, SQLBinaryOperator operator, SQLListExpr right) {
        if (left.getItems().size() != right.getItems().size()) {
            throw SqlErrors.operands(left.getItems().size());
        }
        return switch (operator) {
            case Equality, LessThanOrEqualOrGreaterThan -> pairs(left, operator, right);
            case NotEqual, LessThanOrGreater -> new SQLNotExpr(pairs(left, SQLBinaryOperator.Equality, right));
            default -> throw SqlErrors.notSupported("(row) " + operator.name + " (row)");
        };
    }

    private static SQLExpr pairs(SQLListExpr left, SQLBinaryOperator operator, SQLListExpr right) {
        SQLExpr all = new SQLBinaryOpExpr(
                left.getItems().getFirst(), operator, right.getItems().getFirst());
        for (int i = 1; i < left.getItems().size(); i++) {
            var pair = new SQLBinaryOpExpr(
                    left.getItems().get(i), operator, right.getItems().get(i));
            all = new SQLBinaryOpExpr(all, SQLBinaryOperator.BooleanAnd, pair);
        }
        return all;
    }

    static SQLExpr in(SQLListExpr row, SQLInListExpr in) {
        SQLExpr any = new SQLNotExpr(new com.alibaba.druid.sql.ast.expr.SQLBooleanExpr(true));
        for (var target : in.getTargetList()) {
            if (!(target instanceof SQLListExpr list)) {
                throw SqlErrors.operands(row.getItems().size());
            }
            any = new SQLBinaryOpExpr(any, SQLBinaryOperator.BooleanOr, compare(row, SQLBinaryOperator.Equality, list));
        }
        return in.isNot() ? new SQLNotExpr(any) : any;
    }
}
