package io.metastore.server.mysql.sql;

import com.alibaba.druid.sql.ast.SQLExpr;
import com.alibaba.druid.sql.ast.expr.SQLBinaryOpExpr;
import com.alibaba.druid.sql.ast.expr.SQLBinaryOperator;
import com.alibaba.druid.sql.ast.statement.SQLExprTableSource;
import com.alibaba.druid.sql.ast.statement.SQLJoinTableSource;
import com.alibaba.druid.sql.ast.statement.SQLSelect;
import com.alibaba.druid.sql.ast.statement.SQLSubqueryTableSource;
import com.alibaba.druid.sql.ast.statement.SQLTableSource;
import com.alibaba.druid.sql.ast.statement.SQLUnionQueryTableSource;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.KeyValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What stands behind FROM: the key space, tables of the catalog, queries in parentheses, and joins of
/// these.
final class Sources {
    private final Environment environment;
    private final Reads reads;
    private final Map<String, SQLSelect> named;
    private final Optional<SQLExpr> condition;

    /// @param named the queries of WITH, in small letters
    /// @param condition by which fewer keys have to be read
    Sources(Environment environment, Reads reads, Map<String, SQLSelect> named, Optional<SQLExpr> condition) {
        this.environment = environment;
        this.reads = reads;
        this.named = named;
        this.condition = condition;
    }

    /// Rows with their columns.
    ///
    /// @param spans the keys that are read, of the key space alone
    record Source(
            List<Column> columns,
            Supplier<Iterator<List<Value>>> rows,
            Optional<KeySpans.Spans> spans,
            Plan.Access access) {}

    /// One row without a cell, for queries that read nothing.
    static Source nothing() {
        return new Source(List.of(), () -> List.of(List.<Value>of()).iterator(), Optional.empty(), Plan.Access.NONE);
    }

    Source bind(SQLTableSource source) {
        if (source.getPivot() != null || source.getUnpivot() != null || source.getFlashback() != null) {
            throw SqlErrors.notSupported(source.toString());
        }
        return switch (source) {
            case SQLSubqueryTableSource query -> derived(query.getSelect(), query.getAlias());
            case SQLUnionQueryTableSource union -> derived(new SQLSelect(union.getUnion()), union.getAlias());
            case SQLExprTableSource table -> table(table);
            case SQLJoinTableSource join -> join(join);
            default -> throw SqlErrors.notSupported(source.toString());
        };
    }

    private Source derived(SQLSelect query, @org.jspecify.annotations.Nullable String alias) {
        if (alias == null) {
            throw new io.metastore.server.mysql.packet.MysqlException(
                    1248, "42000", "Every derived table must have its own alias");
        }
        var plan = environment.subquery(query);
        var name = Names.plain(alias);
        return new Source(
                plan.columns().stream().map(column -> column.of(name)).toList(),
                plan.rows(),
                Optional.empty(),
                plan.access());
    }

    private Source table(SQLExprTableSource table) {
        if (table.getSampling() != null || table.getPartitionSize() > 0) {
            throw SqlErrors.notSupported(table.toString());
        }
        var name = Names.last(table.getExpr());
        var qualifier = Names.qualifier(table.getExpr());
        var alias = Optional.ofNullable(table.getAlias()).map(Names::plain).orElse(name);
        if (qualifier.isEmpty() && name.equalsIgnoreCase("dual")) {
            return nothing();
        }
        var query = Optional.ofNullable(named.get(name.toLowerCase(Locale.ROOT)));
        if (qualifier.isEmpty() && query.isPresent()) {
            return derived(query.get(), alias);
        }
        var database = qualifier.or(reads::database).orElseThrow(SqlErrors::noDatabase);
        if (database.equalsIgnoreCase(Tables.DATABASE)) {
            var found = Tables.find(name).orElseThrow(() -> SqlErrors.unknownTable(Tables.DATABASE, name));
            return keys(found, alias);
        }
        var fixed = reads.catalog(database, name).orElseThrow(() -> SqlErrors.unknownTable(database, name));
        return new Source(
                fixed.columns().stream().map(column -> column.of(alias)).toList(),
                () -> fixed.rows().iterator(),
                Optional.empty(),
                new Plan.Access(alias, "ALL", ""));
    }

    private Source keys(Tables table, String alias) {
        var columns = table.columns().stream().map(column -> column.of(alias)).toList();
        var constants = new Binder(environment, Scope.of(List.of(), "where clause"), Optional.empty());
        var spans = condition
                .map(wanted -> new KeySpans(constants, alias).of(wanted))
                .orElse(KeySpans.Spans.ALL);
        return new Source(
                columns,
                () -> Iterators.mapped(rows(reads, spans.ranges()), table::cells),
                Optional.of(spans),
                access(alias, spans));
    }

    static Plan.Access access(String alias, KeySpans.Spans spans) {
        if (spans.areAll()) {
            return new Plan.Access(alias, "ALL", "");
        }
        boolean one = spans.ranges().size() <= 1 && spans.arePoints();
        return new Plan.Access(
                alias,
                one ? "const" : "range",
                spans.arePoints()
                        ? "point reads: " + spans.ranges().size()
                        : "key ranges: " + spans.ranges().size());
    }

    /// The stored rows in these ranges. When they are to stay so, that is noted.
    static Iterator<KeyValue> rows(Reads reads, List<KeyRange> ranges) {
        var transaction = reads.transaction();
        return Iterators.flat(ranges.iterator(), range -> {
            if (!reads.locks()) {
                return transaction.scan(range);
            }
            if (range.isSingle()) {
                var found = transaction.find(range.from());
                transaction.expect(
                        range.from(), found.map(KeyValue::modRevision).orElse(0L));
                return found.stream().iterator();
            }
            transaction.expectNothingNew(range);
            return Iterators.mapped(transaction.scan(range), row -> {
                if (row.modRevision() > 0) {
                    transaction.expect(row.key(), row.modRevision());
                }
                return row;
            });
        });
    }

    private Source join(SQLJoinTableSource join) {
        var left = bind(join.getLeft());
        var right = bind(join.getRight());
        var columns = new ArrayList<>(left.columns());
        columns.addAll(right.columns());
        boolean outer = switch (join.getJoinType()) {
            case COMMA, JOIN, INNER_JOIN, CROSS_JOIN, STRAIGHT_JOIN -> false;
            case LEFT_OUTER_JOIN -> true;
            default -> throw SqlErrors.notSupported(join.getJoinType().name);
        };
        if (join.isNatural()) {
            throw SqlErrors.notSupported("NATURAL JOIN");
        }
        var joined = using(join, left, right).or(() -> Optional.ofNullable(join.getCondition()));
        var on = joined.map(
                condition -> new Binder(environment, Scope.of(columns, "on clause"), Optional.empty()).bind(condition));
        var padding = Collections.nCopies(right.columns().size(), Logic.NULL);
        Supplier<Iterator<List<Value>>> rows = () -> {
            var all = new Memory().all(right.rows().get());
            return Iterators.flat(left.rows().get(), row -> {
                var matches = Iterators.filtered(
                        Iterators.mapped(all.iterator(), other -> both(row, other)),
                        pair -> on.isEmpty() || on.get().isTrue(pair));
                return outer && !matches.hasNext() ? List.of(both(row, padding)).iterator() : matches;
            });
        };
        return new Source(columns, rows, Optional.empty(), left.access());
    }

    private static List<Value> both(List<Value> left, List<Value> right) {
        var both = new ArrayList<Value>(left.size() + right.size());
        both.addAll(left);
        both.addAll(right);
        return both;
    }

    private static Optional<SQLExpr> using(SQLJoinTableSource join, Source left, Source right) {
        SQLExpr all = null;
        for (var name : join.getUsing()) {
            var plain = Names.last(name);
            SQLExpr same =
                    new SQLBinaryOpExpr(qualified(left, plain), SQLBinaryOperator.Equality, qualified(right, plain));
            all = all == null ? same : new SQLBinaryOpExpr(all, SQLBinaryOperator.BooleanAnd, same);
        }
        return Optional.ofNullable(all);
    }

    private static SQLExpr qualified(Source source, String name) {
        return source.columns().stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst()
                .map(column -> new com.alibaba.druid.sql.ast.expr.SQLPropertyExpr(column.table(), column.name()))
                .orElseThrow(() -> SqlErrors.unknownColumn(name, "from clause"));
    }
}
