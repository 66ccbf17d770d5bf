package io.metastore.server.mysql.sql;

import com.alibaba.druid.sql.ast.SQLExpr;
import com.alibaba.druid.sql.ast.expr.SQLBetweenExpr;
import com.alibaba.druid.sql.ast.expr.SQLBinaryOpExpr;
import com.alibaba.druid.sql.ast.expr.SQLBinaryOpExprGroup;
import com.alibaba.druid.sql.ast.expr.SQLBinaryOperator;
import com.alibaba.druid.sql.ast.expr.SQLIdentifierExpr;
import com.alibaba.druid.sql.ast.expr.SQLInListExpr;
import com.alibaba.druid.sql.ast.expr.SQLPropertyExpr;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Finds in a condition the keys that can fulfil it, so that no others are read. The condition is asked
/// of each of them all the same, unless these are exactly the keys that fulfil it.
///
///     key = 'a' OR key > 'x'               →  [a, a] [x\0, end)
///     key LIKE 'p/%' AND value <> ''       →  [p/, p0)
///     value = 'v'                          →  everything
final class KeySpans {
    private final Binder binder;
    private final Predicate<SQLExpr> isKey;

    /// Ranges of keys, in their order and apart from each other.
    ///
    /// @param exact whether each key in them fulfils the condition, and no other does
    record Spans(List<KeyRange> ranges, boolean exact) {
        static final Spans ALL = new Spans(List.of(KeyRange.ALL), false);
        static final Spans NONE = new Spans(List.of(), true);

        boolean arePoints() {
            return ranges.stream().allMatch(KeyRange::isSingle);
        }

        boolean areAll() {
            return ranges.size() == 1 && ranges.getFirst().equals(KeyRange.ALL);
        }
    }

    /// @param table as the statement calls it
    KeySpans(Binder binder, String table) {
        this.binder = binder;
        this.isKey = expression -> {
            if (!(expression instanceof SQLIdentifierExpr || expression instanceof SQLPropertyExpr)) {
                return false;
            }
            return Names.last(expression).equalsIgnoreCase("key")
                    && Names.qualifier(expression)
                            .filter(name -> !name.equalsIgnoreCase(table))
                            .isEmpty();
        };
    }

    Spans of(SQLExpr condition) {
        return switch (condition) {
            case SQLBinaryOpExprGroup group -> ofGroup(group);
            case SQLBinaryOpExpr operation -> ofOperation(operation);
            case SQLInListExpr in when !in.isNot() && isKey.test(in.getExpr()) -> ofList(in.getTargetList());
            case SQLBetweenExpr between
            when !between.isNot() && isKey.test(between.getTestExpr()) ->
                intersect(
                        bounded(between.getBeginExpr(), SQLBinaryOperator.GreaterThanOrEqual),
                        bounded(between.getEndExpr(), SQLBinaryOperator.LessThanOrEqual));
            default -> Spans.ALL;
        };
    }

    private Spans ofGroup(SQLBinaryOpExprGroup group) {
        var spans = of(group.getItems().getFirst());
        for (var item : group.getItems().subList(1, group.getItems().size())) {
            spans = joined(spans, group.getOperator(), of(item));
        }
        return spans;
    }

    private Spans ofOperation(SQLBinaryOpExpr operation) {
        var left = operation.getLeft();
        var right = operation.getRight();
        var operator = operation.getOperator();
        if (operator == SQLBinaryOperator.BooleanAnd || operator == SQLBinaryOperator.BooleanOr) {
            return joined(of(left), operator, of(right));
        }
        if (operator == SQLBinaryOperator.Like && isKey.test(left)) {
            return prefix(right);
        }
        if (isKey.test(left)) {
            return bounded(right, operator);
        }
        return isKey.test(right) ? bounded(left, mirrored(operator)) : Spans.ALL;
    }

    private static SQLBinaryOperator mirrored(SQLBinaryOperator operator) {
        return switch (operator) {
            case LessThan -> SQLBinaryOperator.GreaterThan;
            case LessThanOrEqual -> SQLBinaryOperator.GreaterThanOrEqual;
            case GreaterThan -> SQLBinaryOperator.LessThan;
            case GreaterThanOrEqual -> SQLBinaryOperator.LessThanOrEqual;
            default -> operator;
        };
    }

    private static Spans joined(Spans left, SQLBinaryOperator operator, Spans right) {
        return switch (operator) {
            case BooleanAnd -> intersect(left, right);
            case BooleanOr -> union(left, right);
            default -> Spans.ALL;
        };
    }

    /// A text to compare keys with byte by byte; nothing for what is compared in another way.
    private Optional<Value> constant(SQLExpr expression) {
        try {
            var bound = binder.bind(expression);
            return bound.constant()
                    ? Optional.of(bound.now()).filter(value -> value.isNull() || value instanceof Value.Text)
                    : Optional.empty();
        } catch (io.metastore.server.mysql.packet.MysqlException e) {
            // The condition itself is bound too, and says what is wrong.
            return Optional.empty();
        }
    }

    private Spans bounded(SQLExpr bound, SQLBinaryOperator operator) {
        var constant = constant(bound);
        if (constant.isEmpty()) {
            return Spans.ALL;
        }
        if (constant.get().isNull()) {
            return isFalseOfNull(operator) ? Spans.NONE : Spans.ALL;
        }
        var key = Numbers.text(constant.get());
        return switch (operator) {
            case Equality, LessThanOrEqualOrGreaterThan -> one(KeyRange.single(key));
            case GreaterThan -> one(KeyRange.from(key.successor()));
            case GreaterThanOrEqual -> one(KeyRange.from(key));
            case LessThan -> key.isEmpty() ? Spans.NONE : one(new KeyRange(Bytes.EMPTY, key));
            case LessThanOrEqual -> one(new KeyRange(Bytes.EMPTY, key.successor()));
            default -> Spans.ALL;
        };
    }

    /// Whether nothing compares so with NULL; `IS NOT NULL` and `<=>` do.
    private static boolean isFalseOfNull(SQLBinaryOperator operator) {
        return switch (operator) {
            case Equality, GreaterThan, GreaterThanOrEqual, LessThan, LessThanOrEqual -> true;
            default -> false;
        };
    }

    private static Spans one(KeyRange range) {
        return new Spans(List.of(range), true);
    }

    private Spans ofList(List<SQLExpr> targets) {
        var spans = Spans.NONE;
        var ranges = new ArrayList<KeyRange>();
        for (var target : targets) {
            var one = bounded(target, SQLBinaryOperator.Equality);
            if (one.areAll()) {
                return Spans.ALL;
            }
            ranges.addAll(one.ranges());
        }
        return union(spans, new Spans(ranges, true));
    }

    /// Up to the first place that can be any character.
    private Spans prefix(SQLExpr pattern) {
        var constant = constant(pattern);
        if (constant.isEmpty() || constant.get().isNull()) {
            return constant.isEmpty() ? Spans.ALL : Spans.NONE;
        }
        var text = Numbers.text(constant.get());
        var prefix = new ByteArrayOutputStream();
        int at = 0;
        while (at < text.length() && text.at(at) != '%' && text.at(at) != '_') {
            at += text.at(at) == '\\' && at + 1 < text.length() ? 1 : 0;
            prefix.write(text.at(at));
            at++;
        }
        var start = Bytes.wrap(prefix.toByteArray());
        if (at == text.length()) {
            return one(KeyRange.single(start));
        }
        boolean exact = at == text.length() - 1 && text.at(at) == '%';
        return start.isEmpty()
                ? new Spans(List.of(KeyRange.ALL), exact)
                : new Spans(List.of(new KeyRange(start, afterPrefix(start))), exact);
    }

    /// The first key behind all that begin so; empty when there is none.
    static Bytes afterPrefix(Bytes prefix) {
        int length = prefix.length();
        while (length > 0 && prefix.at(length - 1) == 0xff) {
            length--;
        }
        var end = java.util.Arrays.copyOf(prefix.shared(), length);
        if (length > 0) {
            end[length - 1]++;
        }
        return Bytes.wrap(end);
    }

    static Spans intersect(Spans left, Spans right) {
        var ranges = new ArrayList<KeyRange>();
        for (var one : left.ranges()) {
            for (var other : right.ranges()) {
                var from = one.from().compareTo(other.from()) >= 0 ? one.from() : other.from();
                var to =
                        one.isUnbounded() || (!other.isUnbounded() && other.to().compareTo(one.to()) < 0)
                                ? other.to()
                                : one.to();
                var both = new KeyRange(from, to);
                if (!both.isEmpty()) {
                    ranges.add(both);
                }
            }
        }
        ranges.sort(Comparator.comparing(KeyRange::from));
        return new Spans(ranges, left.exact() && right.exact());
    }

    static Spans union(Spans left, Spans right) {
        var all = new ArrayList<>(left.ranges());
        all.addAll(right.ranges());
        all.sort(Comparator.comparing(KeyRange::from));
        var ranges = new ArrayList<KeyRange>();
        for (var range : all) {
            var last = ranges.isEmpty() ? Optional.<KeyRange>empty() : Optional.of(ranges.getLast());
            if (last.isPresent() && touches(last.get(), range)) {
                ranges.set(ranges.size() - 1, new KeyRange(last.get().from(), later(last.get(), range)));
            } else {
                ranges.add(range);
            }
        }
        return new Spans(ranges, left.exact() && right.exact());
    }

    private static boolean touches(KeyRange first, KeyRange second) {
        return first.isUnbounded() || second.from().compareTo(first.to()) < 0;
    }

    private static Bytes later(KeyRange one, KeyRange other) {
        if (one.isUnbounded() || other.isUnbounded()) {
            return Bytes.EMPTY;
        }
        return one.to().compareTo(other.to()) >= 0 ? one.to() : other.to();
    }
}
