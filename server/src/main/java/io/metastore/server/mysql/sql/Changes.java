package io.metastore.server.mysql.sql;

import com.alibaba.druid.sql.ast.SQLExpr;
import com.alibaba.druid.sql.ast.SQLOrderBy;
import com.alibaba.druid.sql.ast.statement.SQLUpdateSetItem;
import io.metastore.server.model.KeyValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// UPDATE and DELETE: finds the rows, and changes them when all are found.
final class Changes {
    private final Environment environment;
    private final Reads reads;
    private final Writes writes;
    private final Where where;

    /// Which rows are meant.
    ///
    /// @param alias of the table
    record Where(String alias, Optional<SQLExpr> condition, Optional<SQLOrderBy> order, long limit) {}

    Changes(Environment environment, Reads reads, Writes writes, Where where) {
        this.environment = environment;
        this.reads = reads;
        this.writes = writes;
        this.where = where;
    }

    KeySpans.Spans spans() {
        var constants = new Binder(environment, Scope.of(List.of(), "where clause"), Optional.empty());
        return where.condition()
                .map(wanted -> new KeySpans(constants, where.alias()).of(wanted))
                .orElse(KeySpans.Spans.ALL);
    }

    private Binder binder(String clause) {
        var columns = writes.table().columns().stream()
                .map(column -> column.of(where.alias()))
                .toList();
        return new Binder(environment, Scope.of(columns, clause), Optional.empty());
    }

    private List<KeyValue> found() {
        var filter = where.condition().map(wanted -> binder("where clause").bind(wanted));
        var ranges = spans().ranges();
        var rows = Sources.rows(reads, ranges);
        var cells = writes.table();
        var wanted =
                Iterators.filtered(rows, row -> filter.isEmpty() || filter.get().isTrue(cells.cells(row)));
        var sorting = where.order().map(by -> Sorting.bind(by, binder("order clause")::bind));
        var memory = new Memory();
        var found = new ArrayList<KeyValue>();
        while (wanted.hasNext() && (sorting.isPresent() || found.size() < where.limit())) {
            var row = wanted.next();
            memory.keep(cells.cells(row));
            found.add(row);
        }
        sorting.ifPresent(by -> found.sort((left, right) -> by.order().compare(cells.cells(left), cells.cells(right))));
        return found.size() > where.limit() ? found.subList(0, (int) where.limit()) : found;
    }

    /// @param countsFound whether rows count that are as they should be already
    Result update(List<SQLUpdateSetItem> items, boolean countsFound) {
        var columns = new ArrayList<SQLExpr>();
        var values = new ArrayList<SQLExpr>();
        for (var item : items) {
            columns.add(item.getColumn());
            values.add(item.getValue());
        }
        var assignments = writes.assignments(columns, values, binder("field list"));
        long changed = 0;
        var rows = found();
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            changed += writes.change(row, writes.assigned(row, assignments, List.of(), i + 1)) ? 1 : 0;
        }
        return new Result.Done(
                countsFound ? rows.size() : changed,
                "Rows matched: " + rows.size() + "  Changed: " + changed + "  Warnings: ");
    }

    Result delete() {
        var rows = found();
        rows.forEach(writes.transaction()::delete);
        return new Result.Done(rows.size(), "");
    }
}
