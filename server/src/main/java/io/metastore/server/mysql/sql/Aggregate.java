package io.metastore.server.mysql.sql;

import io.metastore.server.model.Bytes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// One of the functions over many rows.
///
/// @param arguments none for `COUNT(*)`
/// @param separator of GROUP_CONCAT
record Aggregate(Kind kind, boolean distinct, List<Expression> arguments, String separator) {
    enum Kind {
        COUNT,
        SUM,
        AVG,
        MIN,
        MAX,
        GROUP_CONCAT
    }

    private static final int LONGEST_CONCAT = 1024;

    ColumnType type() {
        return switch (kind) {
            case COUNT -> ColumnType.BIGINT.neverNull();
            case SUM, AVG -> {
                var of = arguments.getFirst().type();
                boolean exact = of.kind() == ColumnType.Kind.BIGINT
                        || of.kind() == ColumnType.Kind.UNSIGNED
                        || of.kind() == ColumnType.Kind.DECIMAL;
                yield exact ? ColumnType.decimal(of.decimals() + (kind == Kind.AVG ? 4 : 0)) : ColumnType.DOUBLE;
            }
            case MIN, MAX -> arguments.getFirst().type();
            case GROUP_CONCAT -> ColumnType.TEXT;
        };
    }

    State begin() {
        return new State(this);
    }

    /// What is known after some of the rows.
    static final class State {
        private final Aggregate aggregate;
        private final Set<List<Value>> seen = new HashSet<>();
        private final StringBuilder text = new StringBuilder();
        private Collation collation = Collation.GENERAL;
        private Value sum = Logic.NULL;
        private long count;

        private State(Aggregate aggregate) {
            this.aggregate = aggregate;
        }

        void add(List<Value> row) {
            var values = aggregate.arguments().stream()
                    .map(argument -> argument.of(row))
                    .toList();
            if (values.stream().anyMatch(Value::isNull)) {
                return;
            }
            if (aggregate.distinct()
                    && !seen.add(values.stream().map(Order::groupKey).toList())) {
                return;
            }
            count++;
            switch (aggregate.kind()) {
                case COUNT -> {}
                case SUM, AVG -> {
                    var number = Numbers.arithmetic(values.getFirst());
                    var exact = number instanceof Value.Whole(var whole)
                            ? new Value.Decimal(java.math.BigDecimal.valueOf(whole))
                            : number;
                    sum = sum.isNull() ? exact : Arithmetic.add(sum, exact);
                }
                case MIN -> keep(values.getFirst(), -1);
                case MAX -> keep(values.getFirst(), 1);
                case GROUP_CONCAT -> concat(values);
            }
        }

        private void keep(Value value, int wanted) {
            if (sum.isNull() || Integer.signum(Order.compare(value, sum).orElse(0)) == wanted) {
                sum = value;
            }
        }

        private void concat(List<Value> values) {
            text.append(count > 1 ? aggregate.separator() : "");
            collation = collation.with(Texts.strongest(values));
            values.forEach(value -> text.append(
                    new String(Numbers.text(value).shared(), java.nio.charset.StandardCharsets.ISO_8859_1)));
        }

        Value result() {
            return switch (aggregate.kind()) {
                case COUNT -> new Value.Whole(count);
                case SUM, MIN, MAX -> sum;
                case AVG -> count == 0 ? Logic.NULL : Functions.average(sum, count);
                case GROUP_CONCAT ->
                    count == 0
                            ? Logic.NULL
                            : new Value.Text(
                                    Bytes.wrap(text.substring(0, Math.min(LONGEST_CONCAT, text.length()))
                                            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)),
                                    collation);
            };
        }
    }
}
