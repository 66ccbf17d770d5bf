package io.metastore.server.mysql.sql;

import com.alibaba.druid.sql.ast.SQLExpr;
import com.alibaba.druid.sql.ast.expr.SQLIdentifierExpr;
import com.alibaba.druid.sql.ast.expr.SQLPropertyExpr;
import java.util.Optional;

/// Names as the parser gives them, without their quotes.
final class Names {
    private Names() {}

    static String plain(String name) {
        boolean quoted = name.length() >= 2
                && (name.charAt(0) == '`' || name.charAt(0) == '"' || name.charAt(0) == '\'')
                && name.charAt(name.length() - 1) == name.charAt(0);
        return quoted ? name.substring(1, name.length() - 1).replace("``", "`") : name;
    }

    /// The last part of a name.
    static String last(SQLExpr expression) {
        return switch (expression) {
            case SQLIdentifierExpr name -> plain(name.getName());
            case SQLPropertyExpr name -> plain(name.getName());
            default -> throw SqlErrors.notSupported(expression.toString());
        };
    }

    /// The part before the last one.
    static Optional<String> qualifier(SQLExpr expression) {
        return expression instanceof SQLPropertyExpr name ? Optional.of(last(name.getOwner())) : Optional.empty();
    }
}
