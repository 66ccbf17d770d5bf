package io.metastore.server.mysql.sql;

import com.alibaba.druid.sql.ast.SQLExpr;
import com.alibaba.druid.sql.ast.expr.SQLBinaryOpExpr;
import com.alibaba.druid.sql.ast.expr.SQLBinaryOperator;
import com.alibaba.druid.sql.ast.expr.SQLDefaultExpr;
import com.alibaba.druid.sql.ast.statement.SQLInsertStatement.ValuesClause;
import com.alibaba.druid.sql.visitor.SQLASTVisitorAdapter;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyValue;
import io.metastore.server.model.LeaseId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// INSERT and REPLACE, whose rows are written out or come from a query.
final class Inserts {
    private final Binder binder;
    private final Writes writes;
    private final Kind kind;
    private final List<SQLExpr> onDuplicate;
    private long affected;
    private long rows;
    private long duplicates;

    enum Kind {
        INSERT,
        /// For clients that count rows that are as they should be already.
        INSERT_COUNTING_FOUND,
        REPLACE
    }

    /// @param binder of expressions that see no row
    /// @param onDuplicate what is to be done with a row that is there already
    Inserts(Binder binder, Writes writes, Kind kind, List<SQLExpr> onDuplicate) {
        this.binder = binder;
        this.writes = writes;
        this.kind = kind;
        this.onDuplicate = onDuplicate;
    }

    /// Where the rows come from.
    sealed interface Origin {
        record Written(List<ValuesClause> rows) implements Origin {}

        record Selected(Plan plan) implements Origin {}
    }

    Result run(List<SQLExpr> names, Origin origin) {
        var columns = columns(names);
        var updates = updates();
        switch (origin) {
            case Origin.Written(var clauses) -> {
                var number = 0;
                for (var clause : clauses) {
                    number++;
                    insert(columns, values(columns, clause, number), updates);
                }
            }
            case Origin.Selected(var plan) -> {
                if (plan.columns().size() != columns.size()) {
                    throw SqlErrors.columnCount(1);
                }
                // What is read must not change while it is written.
                Iterator<List<Value>> all = new Memory().all(plan.rows().get()).iterator();
                while (all.hasNext()) {
                    insert(columns, all.next(), updates);
                }
            }
        }
        boolean many = rows > 1 || origin instanceof Origin.Selected;
        return new Result.Done(
                affected, many ? "Records: " + rows + "  Duplicates: " + duplicates + "  Warnings: " : "");
    }

    private List<Integer> columns(List<SQLExpr> names) {
        if (names.isEmpty()) {
            return List.of(Tables.KEY, Tables.VALUE);
        }
        var columns = new ArrayList<Integer>();
        for (var name : names) {
            int column = writes.writable(name, "field list");
            if (columns.contains(column)) {
                throw new io.metastore.server.mysql.packet.MysqlException(
                        1110, "42000", "Column '" + Names.last(name) + "' specified twice");
            }
            columns.add(column);
        }
        return columns;
    }

    private List<Value> values(List<Integer> columns, ValuesClause clause, int number) {
        var expressions = clause.getValues();
        if (expressions.isEmpty() && columns.size() == 2) {
            throw SqlErrors.noDefault("key");
        }
        if (expressions.size() != columns.size()) {
            throw SqlErrors.columnCount(number);
        }
        var values = new ArrayList<Value>();
        for (int i = 0; i < columns.size(); i++) {
            writes.refuseGenerated(columns.get(i), expressions.get(i));
            boolean initial = expressions.get(i) instanceof SQLDefaultExpr;
            values.add(
                    initial && Writes.isGenerated(columns.get(i))
                            ? Logic.NULL
                            : writes.bound(columns.get(i), expressions.get(i), binder)
                                    .of(List.of()));
        }
        return values;
    }

    private void insert(List<Integer> columns, List<Value> values, List<Writes.Assignment> updates) {
        rows++;
        if (!columns.contains(Tables.KEY)) {
            throw SqlErrors.noDefault("key");
        }
        var content = new Writes.Content(Bytes.EMPTY, Bytes.EMPTY, LeaseId.NONE);
        for (int i = 0; i < columns.size(); i++) {
            int column = columns.get(i);
            if (!Writes.isGenerated(column)) {
                content = writes.with(content, column, writes.checked(column, values.get(i), (int) rows));
            }
        }
        var present = writes.transaction().find(content.key());
        if (present.isEmpty()) {
            writes.transaction().put(content.key(), content.value(), content.lease(), present);
            affected++;
        } else if (kind == Kind.REPLACE) {
            duplicates++;
            // MySQL counts a delete and an insert, unless the row is the same and has no other columns.
            boolean same = content.isThatOf(present.get());
            if (same) {
                writes.transaction().expect(content.key(), present.get().modRevision());
            } else {
                writes.transaction().put(content.key(), content.value(), content.lease(), present);
            }
            affected += same ? 1 : 2;
        } else if (!onDuplicate.isEmpty()) {
            duplicates++;
            update(present.get(), content, updates);
        } else {
            duplicates++;
            var _ = writes.isIgnored(writes.duplicate(content.key()));
        }
    }

    private void update(KeyValue present, Writes.Content fresh, List<Writes.Assignment> updates) {
        var cells = writes.table().cells(new KeyValue(fresh.key(), fresh.value(), 0, 0, 0, fresh.lease()));
        var changed = writes.assigned(present, updates, cells, (int) rows);
        affected += writes.change(present, changed) ? 2 : kind == Kind.INSERT_COUNTING_FOUND ? 1 : 0;
    }

    /// These see the row that is there, and the one that was to be inserted.
    private List<Writes.Assignment> updates() {
        if (onDuplicate.isEmpty()) {
            return List.of();
        }
        var table = writes.table();
        var both = new ArrayList<>(table.columns());
        table.columns().forEach(column -> both.add(column.of("new row")));
        var pair = new Binder(
                binder.environment(),
                Scope.of(both, "field list").preferring(table.columns().size()),
                Optional.empty());
        var columns = new ArrayList<SQLExpr>();
        var values = new ArrayList<SQLExpr>();
        for (var assignment : onDuplicate) {
            if (!(assignment instanceof SQLBinaryOpExpr pairOf) || pairOf.getOperator() != SQLBinaryOperator.Equality) {
                throw SqlErrors.notSupported(assignment.toString());
            }
            columns.add(pairOf.getLeft());
            values.add(withNewRow(pairOf.getRight()));
        }
        return writes.assignments(columns, values, pair);
    }

    /// `VALUES(x)` anywhere inside becomes a column of the new row.
    private static SQLExpr withNewRow(SQLExpr expression) {
        var whole = new com.alibaba.druid.sql.ast.expr.SQLListExpr();
        whole.addItem(expression);
        whole.accept(new SQLASTVisitorAdapter() {
            @Override
            public boolean visit(com.alibaba.druid.sql.ast.expr.SQLMethodInvokeExpr call) {
                return Writes.ofNewRow(call)
                        .filter(column -> com.alibaba.druid.sql.SQLUtils.replaceInParent(call, column))
                        .isEmpty();
            }

            @Override
            public boolean visit(com.alibaba.druid.sql.ast.expr.SQLValuesExpr values) {
                var column = new com.alibaba.druid.sql.ast.expr.SQLPropertyExpr(
                        "new row", Names.last(values.getValues().getFirst()));
                return !com.alibaba.druid.sql.SQLUtils.replaceInParent(values, column);
            }
        });
        return whole.getItems().getFirst();
    }
}
