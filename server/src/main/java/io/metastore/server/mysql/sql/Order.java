package io.metastore.server.mysql.sql;

import io.metastore.server.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Comparison of values by MySQL's rules: texts by their collation, all else as numbers.
final class Order {
    private Order() {}

    /// Below, at or above 0; nothing when one of them is NULL.
    static Optional<Integer> compare(Value left, Value right) {
        if (left.isNull() || right.isNull()) {
            return Optional.empty();
        }
        return Optional.of(compareKnown(left, right));
    }

    private static int compareKnown(Value left, Value right) {
        if (left instanceof Value.Text(var one, var first) && right instanceof Value.Text(var other, var second)) {
            return compare(one, other, first.with(second));
        }
        if (left instanceof Value.Whole(var one) && right instanceof Value.Whole(var other)) {
            return Long.compare(one, other);
        }
        boolean exact = isExact(left) && isExact(right);
        return exact
                ? Numbers.decimal(left).compareTo(Numbers.decimal(right))
                : Double.compare(Numbers.real(left), Numbers.real(right));
    }

    private static boolean isExact(Value value) {
        return value instanceof Value.Whole || value instanceof Value.Decimal;
    }

    static int compare(Bytes left, Bytes right, Collation collation) {
        return switch (collation) {
            case GENERAL -> folded(left).compareTo(folded(right));
            case UTF8_BINARY, BINARY -> left.compareTo(right);
        };
    }

    /// For comparing without case; blanks at the end do not count.
    static String folded(Bytes text) {
        return new String(text.shared(), StandardCharsets.UTF_8).stripTrailing().toUpperCase(Locale.ROOT);
    }

    /// For sorting: NULL comes first.
    static final Comparator<Value> NULLS_FIRST = (left, right) -> {
        if (left.isNull() || right.isNull()) {
            return Boolean.compare(!left.isNull(), !right.isNull());
        }
        return compareKnown(left, right);
    };

    /// Equal for values that GROUP BY and DISTINCT take for one.
    static Value groupKey(Value value) {
        return switch (value) {
            case Value.Text(var bytes, var collation)
            when collation == Collation.GENERAL -> new Value.Text(Bytes.utf8(folded(bytes)), collation);
            case Value.Decimal(var number) -> new Value.Decimal(number.stripTrailingZeros());
            case Value.Null _, Value.Whole _, Value.Real _, Value.Text _ -> value;
        };
    }
}
