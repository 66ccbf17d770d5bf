package io.metastore.server.mysql.sql;

import com.alibaba.druid.sql.ast.SQLExpr;
import com.alibaba.druid.sql.ast.SQLLimit;
import com.alibaba.druid.sql.ast.SQLOrderBy;
import com.alibaba.druid.sql.ast.SQLSetQuantifier;
import com.alibaba.druid.sql.ast.statement.SQLSelect;
import com.alibaba.druid.sql.ast.statement.SQLSelectQuery;
import com.alibaba.druid.sql.ast.statement.SQLSelectQueryBlock;
import com.alibaba.druid.sql.ast.statement.SQLUnionQuery;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlSelectQueryBlock;
import io.metastore.server.mysql.packet.MysqlException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Binds queries: WITH, UNION, and single ones. The rows of a plan are read when they are asked for.
final class Queries {
    private final Environment environment;
    private final Reads reads;
    private final Map<String, SQLSelect> named = new HashMap<>();
    private List<String> titles;

    /// @param titles of the columns of the first block, as they are written
    Queries(Environment environment, Reads reads, List<String> titles) {
        this.environment = environment;
        this.reads = reads;
        this.titles = titles;
    }

    /// The titles, to the one that asks first.
    List<String> takeTitles() {
        var taken = titles;
        titles = List.of();
        return taken;
    }

    Plan bind(SQLSelect select) {
        var with = select.getWithSubQuery();
        if (with != null) {
            if (Boolean.TRUE.equals(with.getRecursive())) {
                throw SqlErrors.notSupported("WITH RECURSIVE");
            }
            with.getEntries().forEach(entry -> {
                if (!entry.getColumns().isEmpty()) {
                    throw SqlErrors.notSupported("WITH name (columns)");
                }
                named.put(Names.plain(entry.getAlias()).toLowerCase(Locale.ROOT), entry.getSubQuery());
            });
        }
        if (select.getRestriction() != null || select.isForBrowse() || select.getRowCount() != null) {
            throw SqlErrors.notSupported("FOR");
        }
        var plan = bind(select.getQuery());
        return ordered(plan, Optional.ofNullable(select.getOrderBy()), Optional.ofNullable(select.getLimit()));
    }

    private Plan bind(SQLSelectQuery query) {
        return switch (query) {
            case SQLSelectQueryBlock block -> new QueryBlock(environment, reads, named, this).bind(block);
            case SQLUnionQuery union -> union(union);
            default -> throw SqlErrors.notSupported(query.toString());
        };
    }

    private Plan union(SQLUnionQuery union) {
        boolean all = switch (union.getOperator()) {
            case UNION_ALL -> true;
            case UNION, DISTINCT -> false;
            default -> throw SqlErrors.notSupported(union.getOperator().name);
        };
        var parts = union.getRelations().stream().map(this::bind).toList();
        var first = parts.getFirst();
        var columns = new ArrayList<>(first.columns());
        for (var part : parts) {
            if (part.columns().size() != columns.size()) {
                throw new MysqlException(
                        1222, "21000", "The used SELECT statements have a different number of columns");
            }
            for (int i = 0; i < columns.size(); i++) {
                var type = columns.get(i).type().or(part.columns().get(i).type());
                columns.set(i, Column.computed(columns.get(i).name(), type));
            }
        }
        Supplier<Iterator<List<Value>>> rows = () -> {
            var each = Iterators.flat(parts.iterator(), part -> part.rows().get());
            return all ? each : distinct(each);
        };
        var plan = new Plan(columns, rows, first.access());
        return ordered(plan, Optional.ofNullable(union.getOrderBy()), Optional.ofNullable(union.getLimit()));
    }

    static Iterator<List<Value>> distinct(Iterator<List<Value>> rows) {
        var seen = new HashSet<List<Value>>();
        var memory = new Memory();
        return Iterators.filtered(rows, row -> {
            boolean fresh = seen.add(row.stream().map(Order::groupKey).toList());
            if (fresh) {
                memory.keep(row);
            }
            return fresh;
        });
    }

    /// The order and the limit of a result that is whole already.
    private Plan ordered(Plan plan, Optional<SQLOrderBy> order, Optional<SQLLimit> limit) {
        if (order.isEmpty() && limit.isEmpty()) {
            return plan;
        }
        var binder = new Binder(environment, Scope.of(plan.columns(), "order clause"), Optional.empty());
        var sorting = order.map(by -> Sorting.bind(by, expression -> {
            var position = Sorting.position(expression, plan.columns().size());
            return position.isPresent()
                    ? Expression.cell(plan.columns().get(position.get()).type(), position.get())
                    : binder.bind(expression);
        }));
        var bounds = limit.map(this::bounds);
        return new Plan(
                plan.columns(),
                () -> {
                    var rows = plan.rows().get();
                    var sorted = sorting.map(by -> by.sorted(rows)).orElse(rows);
                    return bounds.map(bound -> Iterators.limited(sorted, bound.offset(), bound.count()))
                            .orElse(sorted);
                },
                plan.access());
    }

    /// How many rows are left out first, and how many follow.
    record Bounds(long offset, long count) {}

    Bounds bounds(SQLLimit limit) {
        return new Bounds(
                limit.getOffset() == null ? 0 : number(limit.getOffset()),
                limit.getRowCount() == null ? Long.MAX_VALUE : number(limit.getRowCount()));
    }

    private long number(SQLExpr expression) {
        var value = new Binder(environment, Scope.of(List.of(), "limit clause"), Optional.empty())
                .bind(expression)
                .now();
        if (value instanceof Value.Whole(var number) && number >= 0) {
            return number;
        }
        if (value instanceof Value.Decimal(var number) && number.signum() >= 0) {
            return Long.MAX_VALUE;
        }
        if (value.isNull()) {
            return 0;
        }
        throw SqlErrors.syntax(expression.toString(), 0);
    }

    /// What the attributes of a block say that nothing here carries out.
    static void refuseUnknown(SQLSelectQueryBlock block) {
        boolean known = block.getInto() == null
                && block.getStartWith() == null
                && block.getConnectBy() == null
                && block.getOrderBySiblings() == null
                && block.getWindows() == null
                && block.getQualify() == null
                && block.getWaitTime() == null
                && block.getDistributeBy().isEmpty()
                && block.getSortBy().isEmpty()
                && block.getClusterBy().isEmpty();
        if (!known) {
            throw SqlErrors.notSupported(block.toString().replaceAll("\\s+", " "));
        }
    }

    static boolean isDistinct(SQLSelectQueryBlock block) {
        return switch (block.getDistionOption()) {
            case 0, SQLSetQuantifier.ALL -> false;
            case SQLSetQuantifier.DISTINCT -> true;
            default -> throw SqlErrors.notSupported("DISTINCTROW");
        };
    }

    static boolean locks(SQLSelectQueryBlock block) {
        return block.isForUpdate()
                || block.isForShare()
                || (block instanceof MySqlSelectQueryBlock mysql && mysql.isLockInShareMode());
    }
}
