package io.metastore.server.mysql.sql;

import com.alibaba.druid.sql.ast.SQLExpr;
import com.alibaba.druid.sql.ast.expr.SQLAggregateExpr;
import com.alibaba.druid.sql.ast.expr.SQLAllColumnExpr;
import com.alibaba.druid.sql.ast.expr.SQLIdentifierExpr;
import com.alibaba.druid.sql.ast.expr.SQLPropertyExpr;
import com.alibaba.druid.sql.ast.statement.SQLSelect;
import com.alibaba.druid.sql.ast.statement.SQLSelectItem;
import com.alibaba.druid.sql.ast.statement.SQLSelectQueryBlock;
import io.metastore.server.mysql.packet.MysqlException;
import io.metastore.server.mysql.sql.Sources.Source;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Binds one SELECT, in the order in which it is carried out: from, where, group by, having, select,
/// distinct, order by, limit.
final class QueryBlock {
    private final Environment environment;
    private final Reads reads;
    private final Map<String, SQLSelect> named;
    private final Queries queries;
    private final List<String> titles;

    QueryBlock(Environment environment, Reads reads, Map<String, SQLSelect> named, Queries queries) {
        this.environment = environment;
        this.reads = reads;
        this.named = named;
        this.queries = queries;
        this.titles = queries.takeTitles();
    }

    /// What is selected: a column of the result, and how its cell is made.
    private record Item(Column column, Expression expression, Optional<SQLExpr> source) {}

    /// What was bound of a block, on the way to its rows.
    private record Parts(
            Source source,
            Optional<Expression> filter,
            Optional<Grouping> grouping,
            Optional<Expression> having,
            List<Item> items,
            Optional<Sorting> sorting) {}

    /// @param keys by which rows are one group; empty: all rows are one
    private record Grouping(List<Expression> keys, List<Aggregate> aggregates) {}

    Plan bind(SQLSelectQueryBlock block) {
        Queries.refuseUnknown(block);
        var condition = Optional.ofNullable(block.getWhere());
        var from = Optional.ofNullable(block.getFrom());
        var here = Queries.locks(block) ? new Locking(reads) : reads;
        var source = from.map(table -> new Sources(environment, here, named, condition).bind(table))
                .orElseGet(Sources::nothing);
        var filter = condition.map(
                wanted -> binder(source, "where clause", Optional.empty()).bind(wanted));
        var aggregates = new ArrayList<Aggregate>();
        var items = items(block, source, aggregates);
        var aliases = aliases(items);
        var grouped = Optional.ofNullable(block.getGroupBy());
        if (grouped.isPresent()
                && (grouped.get().isWithRollUp() || grouped.get().isWithCube())) {
            throw SqlErrors.notSupported("WITH ROLLUP");
        }
        var keys = grouped.map(by -> by.getItems().stream()
                        .map(key -> groupKey(key, source, items, aliases))
                        .toList())
                .orElse(List.of());
        var having = grouped.map(by -> by.getHaving())
                .map(wanted -> new Binder(
                                environment,
                                new Scope(source.columns(), aliases, true, "having clause"),
                                Optional.of(aggregates))
                        .bind(wanted));
        var sorting = Optional.ofNullable(block.getOrderBy())
                .filter(_ -> !isKeyOrder(block, source))
                .map(order -> Sorting.bind(order, by -> sortKey(by, source, items, aliases, aggregates)));
        boolean groups = !keys.isEmpty() || !aggregates.isEmpty();
        if (groups && source.spans().isPresent()) {
            checkGrouped(items, keys, source);
        }
        var grouping = groups ? Optional.of(new Grouping(keys, aggregates)) : Optional.<Grouping>empty();
        var parts = new Parts(source, filter, grouping, having, items, sorting);
        return plan(block, parts, isPureCount(block, parts));
    }

    private Binder binder(Source source, String clause, Optional<List<Aggregate>> aggregates) {
        return new Binder(environment, Scope.of(source.columns(), clause), aggregates);
    }

    private Plan plan(SQLSelectQueryBlock block, Parts parts, boolean pureCount) {
        var bounds = Optional.ofNullable(block.getLimit())
                .map(queries::bounds)
                .orElse(new Queries.Bounds(0, reads.selectLimit()));
        boolean distinct = Queries.isDistinct(block);
        var columns = parts.items().stream().map(Item::column).toList();
        return new Plan(
                columns,
                () -> {
                    var rows = pureCount ? counted(parts.source()) : selected(parts, distinct);
                    return Iterators.limited(rows, bounds.offset(), bounds.count());
                },
                parts.source().access());
    }

    private Iterator<List<Value>> selected(Parts parts, boolean distinct) {
        var rows = parts.source().rows().get();
        var filtered = parts.filter()
                .map(wanted -> Iterators.filtered(rows, wanted::isTrue))
                .orElse(rows);
        var grouped =
                parts.grouping().map(by -> groups(by, filtered, parts.source())).orElse(filtered);
        var kept = parts.having()
                .map(wanted -> Iterators.filtered(grouped, wanted::isTrue))
                .orElse(grouped);
        var sorted = parts.sorting().map(by -> by.sorted(kept)).orElse(kept);
        var cells = parts.items().stream().map(Item::expression).toList();
        Iterator<List<Value>> projected = Iterators.mapped(
                sorted, row -> cells.stream().map(cell -> cell.of(row)).toList());
        return distinct ? Queries.distinct(projected) : projected;
    }

    private record Group(List<Value> first, List<Aggregate.State> states) {}

    private static Iterator<List<Value>> groups(Grouping by, Iterator<List<Value>> rows, Source source) {
        var groups = new LinkedHashMap<List<Value>, Group>();
        var memory = new Memory();
        rows.forEachRemaining(row -> {
            var key =
                    by.keys().stream().map(part -> Order.groupKey(part.of(row))).toList();
            var group = groups.get(key);
            if (group == null) {
                memory.keep(row);
                group = new Group(
                        row, by.aggregates().stream().map(Aggregate::begin).toList());
                groups.put(key, group);
            }
            group.states().forEach(state -> state.add(row));
        });
        if (groups.isEmpty() && by.keys().isEmpty()) {
            var nothing = java.util.Collections.nCopies(source.columns().size(), Logic.NULL);
            groups.put(
                    List.of(),
                    new Group(
                            nothing,
                            by.aggregates().stream().map(Aggregate::begin).toList()));
        }
        return Iterators.mapped(groups.values().iterator(), group -> {
            var row = new ArrayList<>(group.first());
            group.states().forEach(state -> row.add(state.result()));
            return row;
        });
    }

    private List<Item> items(SQLSelectQueryBlock block, Source source, List<Aggregate> aggregates) {
        var items = new ArrayList<Item>();
        var binder = binder(source, "field list", Optional.of(aggregates));
        boolean titled = titles.size() == block.getSelectList().size();
        for (int i = 0; i < block.getSelectList().size(); i++) {
            var item = block.getSelectList().get(i);
            if (Binder.isStar(item.getExpr())) {
                items.addAll(star(item.getExpr(), source));
            } else {
                items.add(item(item, source, binder, titled ? titles.get(i) : ""));
            }
        }
        return items;
    }

    private static List<Item> star(SQLExpr star, Source source) {
        var table = star instanceof SQLPropertyExpr property
                ? Optional.of(Names.last(property.getOwner()))
                : star instanceof SQLAllColumnExpr all && all.getOwner() != null
                        ? Optional.of(Names.last(all.getOwner()))
                        : Optional.<String>empty();
        var items = new ArrayList<Item>();
        for (int i = 0; i < source.columns().size(); i++) {
            var column = source.columns().get(i);
            boolean wanted = !column.hidden()
                    && table.filter(name -> !name.equalsIgnoreCase(column.table()))
                            .isEmpty();
            if (wanted) {
                items.add(new Item(column, Expression.cell(column.type(), i), Optional.empty()));
            }
        }
        if (items.isEmpty() && table.isPresent()) {
            throw new MysqlException(1051, "42S02", "Unknown table '" + table.get() + "'");
        }
        if (items.isEmpty()) {
            throw new MysqlException(1096, "HY000", "No tables used");
        }
        return items;
    }

    private static Item item(SQLSelectItem item, Source source, Binder binder, String title) {
        var expression = binder.bind(item.getExpr());
        var alias = Optional.ofNullable(item.getAlias()).map(Names::plain);
        var original = stored(item.getExpr(), source);
        var column = original.map(found -> alias.map(found::named).orElse(found))
                .orElseGet(() -> Column.computed(alias.orElseGet(() -> title(item, title)), expression.type()));
        return new Item(column, expression, Optional.of(item.getExpr()));
    }

    private static Optional<Column> stored(SQLExpr expression, Source source) {
        boolean named = expression instanceof SQLIdentifierExpr
                || (expression instanceof SQLPropertyExpr property
                        && !(property.getOwner() instanceof com.alibaba.druid.sql.ast.expr.SQLVariantRefExpr));
        if (!named) {
            return Optional.empty();
        }
        var name = Names.last(expression);
        var table = Names.qualifier(expression);
        return source.columns().stream()
                .filter(column -> column.name().equalsIgnoreCase(name)
                        && table.filter(of -> !of.equalsIgnoreCase(column.table()))
                                .isEmpty())
                .map(column -> column.named(name))
                .findFirst();
    }

    /// As it was written, which is how MySQL names a column that has no name.
    private static String title(SQLSelectItem item, String written) {
        var expression = item.getExpr();
        if (expression instanceof com.alibaba.druid.sql.ast.expr.SQLCharExpr text) {
            return text.getText();
        }
        return written.isEmpty() ? com.alibaba.druid.sql.SQLUtils.toMySqlString(expression) : written;
    }

    private static Map<String, Expression> aliases(List<Item> items) {
        var aliases = new LinkedHashMap<String, Expression>();
        for (var item : items) {
            aliases.putIfAbsent(item.column().name().toLowerCase(Locale.ROOT), item.expression());
        }
        return aliases;
    }

    private Expression groupKey(SQLExpr key, Source source, List<Item> items, Map<String, Expression> aliases) {
        var position = Sorting.position(key, items.size());
        return position.isPresent()
                ? items.get(position.get()).expression()
                : new Binder(
                                environment,
                                new Scope(source.columns(), aliases, false, "group statement"),
                                Optional.empty())
                        .bind(key);
    }

    private Expression sortKey(
            SQLExpr by, Source source, List<Item> items, Map<String, Expression> aliases, List<Aggregate> aggregates) {
        var position = Sorting.position(by, items.size());
        return position.isPresent()
                ? items.get(position.get()).expression()
                : new Binder(
                                environment,
                                new Scope(source.columns(), aliases, true, "order clause"),
                                Optional.of(aggregates))
                        .bind(by);
    }

    /// Rows come in the order of the keys anyway.
    private static boolean isKeyOrder(SQLSelectQueryBlock block, Source source) {
        var items = block.getOrderBy().getItems();
        return source.spans().isPresent()
                && block.getGroupBy() == null
                && items.size() == 1
                && !Sorting.isDescending(items.getFirst())
                && items.getFirst().getExpr() instanceof SQLIdentifierExpr name
                && Names.plain(name.getName()).equalsIgnoreCase("key")
                && block.getSelectList().stream()
                        .noneMatch(item -> "key"
                                        .equalsIgnoreCase(Names.plain(Optional.ofNullable(item.getAlias())
                                                .orElse("")))
                                && stored(item.getExpr(), source).isEmpty());
    }

    /// A single `COUNT(*)` of ranges of keys: nothing has to be read of them.
    private boolean isPureCount(SQLSelectQueryBlock block, Parts parts) {
        return parts.items().size() == 1
                && block.getGroupBy() == null
                && !Queries.locks(block)
                && block.getSelectList().getFirst().getExpr() instanceof SQLAggregateExpr count
                && count.getMethodName().equalsIgnoreCase("count")
                && count.getOption() == null
                && count.getArguments().size() == 1
                && Binder.isStar(count.getArguments().getFirst())
                && parts.source()
                        .spans()
                        .filter(spans -> spans.exact() || parts.filter().isEmpty())
                        .isPresent();
    }

    private Iterator<List<Value>> counted(Source source) {
        var transaction = reads.transaction();
        var ranges = source.spans().orElseThrow().ranges();
        long count = 0;
        for (var range : ranges) {
            if (transaction.hasWrites()) {
                for (var rows = transaction.scan(range); rows.hasNext(); rows.next()) {
                    count++;
                }
            } else {
                count += transaction.count(range);
            }
        }
        return List.of(List.<Value>of(new Value.Whole(count))).iterator();
    }

    /// What is selected beside groups must be the same for all rows of one.
    private static void checkGrouped(List<Item> items, List<Expression> keys, Source source) {
        var names = new ArrayList<String>();
        for (int i = 0; i < items.size(); i++) {
            var expression = items.get(i).expression();
            var isColumn = items.get(i)
                    .source()
                    .filter(of -> stored(of, source).isPresent())
                    .isPresent();
            if (isColumn && !isKey(expression, keys, source)) {
                names.add((i + 1) + " " + items.get(i).column().name());
            }
        }
        if (names.isEmpty()) {
            return;
        }
        var name = names.getFirst().split(" ", 2);
        throw keys.isEmpty()
                ? new MysqlException(
                        1140,
                        "42000",
                        "In aggregated query without GROUP BY, expression #" + name[0]
                                + " of SELECT list contains nonaggregated column 'metastore.kv." + name[1]
                                + "'; this is incompatible with sql_mode=only_full_group_by")
                : new MysqlException(
                        1055,
                        "42000",
                        "Expression #" + name[0] + " of SELECT list is not in GROUP BY clause and contains"
                                + " nonaggregated column 'metastore.kv." + name[1]
                                + "' which is not functionally dependent on columns in GROUP BY clause; this is"
                                + " incompatible with sql_mode=only_full_group_by");
    }

    /// Columns are told apart by what they give for a row of numbered cells.
    private static boolean isKey(Expression column, List<Expression> keys, Source source) {
        var probe = new ArrayList<Value>();
        for (int i = 0; i < source.columns().size(); i++) {
            probe.add(new Value.Whole(i));
        }
        var wanted = column.of(probe);
        return keys.stream().anyMatch(key -> {
            var given = key.of(probe);
            boolean primary = source.spans().isPresent() && given.equals(new Value.Whole(Tables.KEY));
            return given.equals(wanted) || primary;
        });
    }

    private record Locking(Reads reads) implements Reads {
        @Override
        public Transaction transaction() {
            return reads.transaction();
        }

        @Override
        public boolean locks() {
            return true;
        }

        @Override
        public Optional<Fixed> catalog(String database, String table) {
            return reads.catalog(database, table);
        }

        @Override
        public Optional<String> database() {
            return reads.database();
        }

        @Override
        public long selectLimit() {
            return reads.selectLimit();
        }
    }
}
