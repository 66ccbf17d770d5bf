package io.metastore.server.mysql.sql;

import com.alibaba.druid.sql.ast.SQLExpr;
import com.alibaba.druid.sql.ast.expr.SQLAggregateExpr;
import com.alibaba.druid.sql.ast.expr.SQLAggregateOption;
import com.alibaba.druid.sql.ast.expr.SQLIntervalExpr;
import com.alibaba.druid.sql.ast.expr.SQLMethodInvokeExpr;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Calls of functions: those that ask the session or the clock are here, the others in `Functions`.
final class Calls {
    private static final List<String> WITHOUT_PARENTHESES =
            List.of("current_timestamp", "current_date", "current_time", "current_user", "localtime", "localtimestamp");

    private final Binder binder;

    Calls(Binder binder) {
        this.binder = binder;
    }

    /// A function that may be written without parentheses.
    static Optional<Value> bare(String name, Environment environment) {
        var plain = name.toLowerCase(Locale.ROOT);
        return WITHOUT_PARENTHESES.contains(plain) ? told(plain, environment) : Optional.empty();
    }

    /// With the type that the function has.
    static Expression typed(String name, Value value) {
        var type = switch (name.toLowerCase(Locale.ROOT)) {
            case "now", "current_timestamp", "localtime", "localtimestamp", "sysdate", "utc_timestamp" ->
                ColumnType.DATETIME;
            case "curdate", "current_date", "utc_date" -> ColumnType.DATE;
            case "curtime", "current_time", "utc_time" -> ColumnType.TIME;
            default -> Expression.of(value).type();
        };
        return Expression.constant(type, value);
    }

    private static Optional<Value> told(String name, Environment environment) {
        var now = environment.now();
        return switch (name) {
            case "now", "current_timestamp", "localtime", "localtimestamp", "sysdate", "utc_timestamp" ->
                Optional.of(Moments.of(now));
            case "curdate", "current_date", "utc_date" -> Optional.of(Moments.of(now.toLocalDate()));
            case "curtime", "current_time", "utc_time" -> Optional.of(Moments.of(now.toLocalTime()));
            default -> environment.told(name);
        };
    }

    Expression bind(SQLMethodInvokeExpr call) {
        var name = Names.plain(call.getMethodName()).toLowerCase(Locale.ROOT);
        if (name.matches("substr|substring|mid") && call.getFrom() != null) {
            var plain = new SQLMethodInvokeExpr(name);
            plain.addArgument(call.getArguments().getFirst());
            plain.addArgument(call.getFrom());
            if (call.getFor() != null) {
                plain.addArgument(call.getFor());
            }
            return function(name, plain);
        }
        if (call.getOwner() != null || call.getFor() != null) {
            throw SqlErrors.notSupported(call.toString());
        }
        if (call.getUsing() != null) {
            return Casts.using(binder.bind(call.getArguments().getFirst()), Names.last(call.getUsing()));
        }
        if (call.getFrom() != null || call.getTrimOption() != null) {
            return trim(name, call);
        }
        var arguments = call.getArguments();
        switch (name) {
            case "date_add", "adddate", "date_sub", "subdate" -> {
                return interval(arguments, name.endsWith("sub") || name.startsWith("sub") ? -1 : 1);
            }
            case "convert" -> throw SqlErrors.notSupported("CONVERT(value, type)");
            case "convert_tz" -> {
                return sameZone(arguments);
            }
            case "unix_timestamp", "from_unixtime" -> {
                return unixTime(name, arguments);
            }
            default -> {}
        }
        boolean precise = arguments.size() == 1 && name.matches("now|current_timestamp|sysdate|curtime");
        if (arguments.isEmpty() || precise) {
            var told = told(name, binder.environment());
            if (told.isPresent()) {
                return typed(name, told.get());
            }
        }
        return function(name, call);
    }

    private Expression function(String name, SQLMethodInvokeExpr call) {
        var spec = Functions.find(name).orElseThrow(() -> SqlErrors.unknownFunction(call.getMethodName()));
        var arguments = call.getArguments().stream().map(binder::bind).toList();
        if (arguments.size() < spec.least() || arguments.size() > spec.most()) {
            throw SqlErrors.parameterCount(call.getMethodName());
        }
        var type = spec.type().apply(arguments.stream().map(Expression::type).toList());
        boolean constant = arguments.stream().allMatch(Expression::constant);
        return new Expression(
                type,
                constant,
                row -> Functions.call(
                        spec,
                        arguments.stream().map(argument -> argument.of(row)).toList()));
    }

    /// `TRIM(LEADING 'x' FROM text)`.
    private Expression trim(String name, SQLMethodInvokeExpr call) {
        if (!name.equals("trim") || call.getFrom() == null) {
            throw SqlErrors.notSupported(call.toString());
        }
        var of = binder.bind(call.getFrom());
        var part = call.getArguments().isEmpty()
                ? " "
                : Texts.characters(binder.bind(call.getArguments().getFirst()).now());
        var side = Optional.ofNullable(call.getTrimOption()).orElse("BOTH").toUpperCase(Locale.ROOT);
        return new Expression(of.type(), of.constant(), row -> {
            var value = of.of(row);
            if (value.isNull()) {
                return value;
            }
            var text = Texts.text(value);
            var characters = Texts.characters(text);
            while (!part.isEmpty() && !side.equals("TRAILING") && characters.startsWith(part)) {
                characters = characters.substring(part.length());
            }
            while (!part.isEmpty() && !side.equals("LEADING") && characters.endsWith(part)) {
                characters = characters.substring(0, characters.length() - part.length());
            }
            return Texts.of(characters, text.collation());
        });
    }

    Expression interval(List<SQLExpr> arguments, int sign) {
        if (arguments.size() != 2 || !(arguments.get(1) instanceof SQLIntervalExpr interval)) {
            throw SqlErrors.notSupported("days without INTERVAL");
        }
        var moment = binder.bind(arguments.get(0));
        var count = binder.bind(interval.getValue());
        var unit = interval.getUnit();
        return new Expression(moment.type().isTime() ? moment.type() : ColumnType.text(19), moment.constant(), row -> {
            var from = moment.of(row);
            var units = count.of(row);
            return from.isNull() || units.isNull() ? Logic.NULL : Moments.plus(from, sign * Numbers.whole(units), unit);
        });
    }

    /// There are no tables of time zones, so only what needs none is converted; else NULL, as in MySQL.
    private Expression sameZone(List<SQLExpr> arguments) {
        if (arguments.size() != 3) {
            throw SqlErrors.parameterCount("convert_tz");
        }
        var bound = arguments.stream().map(binder::bind).toList();
        return new Expression(ColumnType.DATETIME, false, row -> {
            var from = Numbers.text(bound.get(1).of(row));
            var to = Numbers.text(bound.get(2).of(row));
            return from.equals(to) && !from.isEmpty()
                    ? Moments.dateTime(Numbers.text(bound.getFirst().of(row)))
                    : Logic.NULL;
        });
    }

    private Expression unixTime(String name, List<SQLExpr> arguments) {
        if (arguments.size() > 1 || (name.equals("from_unixtime") && arguments.isEmpty())) {
            throw SqlErrors.notSupported(name + " with a format");
        }
        if (arguments.isEmpty()) {
            return Expression.of(
                    Moments.seconds(Numbers.text(Moments.of(binder.environment().now()))));
        }
        var of = binder.bind(arguments.getFirst());
        return name.equals("unix_timestamp")
                ? new Expression(ColumnType.BIGINT, of.constant(), row -> {
                    var value = of.of(row);
                    return value.isNull() ? value : Moments.seconds(Numbers.text(value));
                })
                : new Expression(ColumnType.DATETIME, of.constant(), row -> {
                    var value = of.of(row);
                    return value.isNull() ? value : Moments.ofSeconds(Numbers.whole(value));
                });
    }

    Aggregate aggregate(SQLAggregateExpr source) {
        if (source.getOver() != null || source.getFilter() != null || source.isWithinGroup()) {
            throw SqlErrors.notSupported(source.toString());
        }
        var kind = switch (source.getMethodName().toUpperCase(Locale.ROOT)) {
            case "COUNT" -> Aggregate.Kind.COUNT;
            case "SUM" -> Aggregate.Kind.SUM;
            case "AVG" -> Aggregate.Kind.AVG;
            case "MIN" -> Aggregate.Kind.MIN;
            case "MAX" -> Aggregate.Kind.MAX;
            case "GROUP_CONCAT" -> Aggregate.Kind.GROUP_CONCAT;
            default -> throw SqlErrors.notSupported(source.getMethodName());
        };
        if (kind == Aggregate.Kind.GROUP_CONCAT && source.getOrderBy() != null) {
            throw SqlErrors.notSupported("ORDER BY in GROUP_CONCAT");
        }
        boolean all = kind == Aggregate.Kind.COUNT
                && source.getArguments().size() == 1
                && Binder.isStar(source.getArguments().getFirst());
        var arguments = all
                ? List.<Expression>of()
                : source.getArguments().stream().map(binder::bind).toList();
        if (!all && arguments.isEmpty()) {
            throw SqlErrors.notSupported(source.toString());
        }
        var separator = Optional.ofNullable(source.getAttribute("SEPARATOR"))
                .map(SQLExpr.class::cast)
                .map(expression -> Texts.characters(binder.bind(expression).now()))
                .orElse(",");
        return new Aggregate(kind, source.getOption() == SQLAggregateOption.DISTINCT, arguments, separator);
    }
}
