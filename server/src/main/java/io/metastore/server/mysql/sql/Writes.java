package io.metastore.server.mysql.sql;

import com.alibaba.druid.sql.ast.SQLExpr;
import com.alibaba.druid.sql.ast.expr.SQLDefaultExpr;
import com.alibaba.druid.sql.ast.expr.SQLMethodInvokeExpr;
import com.alibaba.druid.sql.ast.expr.SQLPropertyExpr;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyValue;
import io.metastore.server.model.LeaseId;
import io.metastore.server.mysql.packet.MysqlException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Checks and makes single changes of rows. Faults of a row are errors, or warnings where IGNORE says
/// so.
final class Writes {
    private final Tables table;
    private final Transaction transaction;
    private final Warnings warnings;
    private final boolean ignore;

    Writes(Tables table, Transaction transaction, Warnings warnings, boolean ignore) {
        this.table = table;
        this.transaction = transaction;
        this.warnings = warnings;
        this.ignore = ignore;
    }

    Tables table() {
        return table;
    }

    Transaction transaction() {
        return transaction;
    }

    /// What a row is to hold.
    record Content(Bytes key, Bytes value, LeaseId lease) {
        boolean isThatOf(KeyValue row) {
            return key.equals(row.key()) && value.equals(row.value()) && lease.equals(row.lease());
        }
    }

    /// A cell for a column, as the column takes it.
    ///
    /// @param row its number in the statement, from 1
    Value checked(int column, Value value, int row) {
        var name = table.columns().get(column).name();
        if (value.isNull()) {
            if (!ignore) {
                throw SqlErrors.notNull(name);
            }
            warnings.add(SqlErrors.notNull(name));
            return column == Tables.LEASE ? Logic.FALSE : Value.text("");
        }
        if (column == Tables.LEASE) {
            if (value instanceof Value.Text(var bytes, var _) && !Numbers.isWhollyNumber(bytes)) {
                throw SqlErrors.badInteger(bytes.utf8(), name, row);
            }
            return new Value.Whole(Numbers.whole(value));
        }
        var text = Numbers.text(value);
        if (column == Tables.KEY && text.length() > Tables.LONGEST_KEY) {
            throw SqlErrors.tooLong(name, row);
        }
        if (column == Tables.KEY && text.isEmpty()) {
            throw new MysqlException(1105, "HY000", "key is not provided");
        }
        return new Value.Text(text, table.collation());
    }

    /// The column that may be written.
    int writable(SQLExpr name, String clause) {
        var plain = Names.last(name);
        for (int i = 0; i < table.columns().size(); i++) {
            if (table.columns().get(i).name().equalsIgnoreCase(plain)) {
                return i;
            }
        }
        throw SqlErrors.unknownColumn(plain, clause);
    }

    /// Of a generated column only its default may be written.
    void refuseGenerated(int column, SQLExpr value) {
        if (isGenerated(column) && !(value instanceof SQLDefaultExpr)) {
            throw SqlErrors.generated(table.columns().get(column).name(), table.title());
        }
    }

    static boolean isGenerated(int column) {
        return column > Tables.VALUE && column < Tables.LEASE;
    }

    static Content content(KeyValue row) {
        return new Content(row.key(), row.value(), row.lease());
    }

    Content with(Content content, int column, Value value) {
        return switch (column) {
            case Tables.KEY -> new Content(Numbers.text(value), content.value(), content.lease());
            case Tables.VALUE -> new Content(content.key(), Numbers.text(value), content.lease());
            default -> new Content(content.key(), content.value(), LeaseId.of(Numbers.whole(value)));
        };
    }

    MysqlException duplicate(Bytes key) {
        return SqlErrors.duplicate(
                new String(key.shared(), java.nio.charset.StandardCharsets.ISO_8859_1), table.title());
    }

    /// Whether the row was left out, with a warning.
    boolean isIgnored(MysqlException fault) {
        if (!ignore) {
            throw fault;
        }
        warnings.add(fault);
        return true;
    }

    /// Makes a stored row another one, perhaps under another key.
    ///
    /// @return whether anything changed
    boolean change(KeyValue row, Content content) {
        if (content.isThatOf(row)) {
            return false;
        }
        if (content.key().equals(row.key())) {
            transaction.put(row.key(), content.value(), content.lease(), Optional.of(row));
            return true;
        }
        var target = transaction.find(content.key());
        if (target.isPresent()) {
            return !isIgnored(duplicate(content.key()));
        }
        transaction.delete(row);
        transaction.put(content.key(), content.value(), content.lease(), Optional.empty());
        return true;
    }

    /// What `SET a = x, b = y` says, each of the row as the ones before have made it.
    record Assignment(int column, Expression value) {}

    List<Assignment> assignments(List<? extends SQLExpr> columns, List<SQLExpr> values, Binder binder) {
        var assignments = new ArrayList<Assignment>();
        for (int i = 0; i < columns.size(); i++) {
            int column = writable(columns.get(i), "field list");
            refuseGenerated(column, values.get(i));
            if (!isGenerated(column)) {
                assignments.add(new Assignment(column, bound(column, values.get(i), binder)));
            }
        }
        return assignments;
    }

    Expression bound(int column, SQLExpr value, Binder binder) {
        if (!(value instanceof SQLDefaultExpr)) {
            return binder.bind(value);
        }
        if (column == Tables.KEY) {
            throw SqlErrors.noDefault("key");
        }
        return Expression.of(column == Tables.LEASE ? Logic.FALSE : Value.text(""));
    }

    /// @param extra cells behind those of the row
    Content assigned(KeyValue row, List<Assignment> assignments, List<Value> extra, int number) {
        var content = content(row);
        for (var assignment : assignments) {
            var now = new ArrayList<>(table.cells(new KeyValue(
                    content.key(),
                    content.value(),
                    row.createRevision(),
                    row.modRevision(),
                    row.version(),
                    content.lease())));
            now.addAll(extra);
            content = with(
                    content,
                    assignment.column(),
                    checked(assignment.column(), assignment.value().of(now), number));
        }
        return content;
    }

    /// `VALUES(column)`, or a column of the alias of the new row, as a column of a table called `new`.
    static Optional<SQLExpr> ofNewRow(SQLMethodInvokeExpr call) {
        return call.getMethodName().equalsIgnoreCase("values")
                        && call.getArguments().size() == 1
                ? Optional.of(new SQLPropertyExpr(
                        "new row", Names.last(call.getArguments().getFirst())))
                : Optional.empty();
    }
}
