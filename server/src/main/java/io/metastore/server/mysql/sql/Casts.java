package io.metastore.server.mysql.sql;

import com.alibaba.druid.sql.ast.SQLDataType;
import com.alibaba.druid.sql.ast.expr.SQLIntegerExpr;
import io.metastore.server.model.Bytes;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// CAST and CONVERT.
final class Casts {
    private Casts() {}

    static Expression cast(Expression of, SQLDataType type) {
        var name = type.getName().toUpperCase(Locale.ROOT);
        var first = argument(type, 0);
        return switch (name) {
            case "SIGNED", "SIGNED INTEGER", "SIGNED INT" ->
                strict(of, ColumnType.BIGINT, value -> new Value.Whole(Numbers.truncated(value)));
            case "UNSIGNED", "UNSIGNED INTEGER", "UNSIGNED INT" ->
                strict(of, ColumnType.UNSIGNED, value -> {
                    long number = Numbers.truncated(value);
                    return number < 0 ? Numbers.unsigned(number) : new Value.Whole(number);
                });
            case "DECIMAL", "DEC" -> {
                int scale = argument(type, 1).orElse(0);
                yield strict(
                        of,
                        ColumnType.decimal(scale),
                        value -> new Value.Decimal(Numbers.decimal(value).setScale(scale, RoundingMode.HALF_UP)));
            }
            case "DOUBLE", "FLOAT", "REAL" ->
                strict(of, ColumnType.DOUBLE, value -> new Value.Real(Numbers.real(value)));
            case "CHAR", "VARCHAR", "NCHAR" ->
                strict(of, ColumnType.TEXT.with(Collation.GENERAL), value -> characters(value, first));
            case "BINARY", "VARBINARY" -> strict(of, ColumnType.BYTES, value -> bytes(value, first));
            case "DATE" -> strict(of, ColumnType.DATE, value -> Moments.date(Numbers.text(value)));
            case "DATETIME", "TIMESTAMP" ->
                strict(of, ColumnType.DATETIME, value -> Moments.dateTime(Numbers.text(value)));
            default -> throw SqlErrors.notSupported("CAST AS " + name);
        };
    }

    private static Optional<Integer> argument(SQLDataType type, int index) {
        var arguments = type.getArguments();
        return arguments.size() > index && arguments.get(index) instanceof SQLIntegerExpr number
                ? Optional.of(number.getNumber().intValue())
                : Optional.empty();
    }

    private static Expression strict(Expression of, ColumnType type, UnaryOperator<Value> cast) {
        return new Expression(type, of.constant(), row -> {
            var value = of.of(row);
            return value.isNull() ? Logic.NULL : cast.apply(value);
        });
    }

    /// `CONVERT(x USING charset)`.
    static Expression using(Expression of, String charset) {
        boolean binary = charset.equalsIgnoreCase("binary");
        if (!binary && !charset.toLowerCase(Locale.ROOT).matches("utf8mb4|utf8mb3|utf8|latin1|ascii")) {
            throw new io.metastore.server.mysql.packet.MysqlException(
                    1115, "42000", "Unknown character set: '" + charset + "'");
        }
        var collation = binary ? Collation.BINARY : Collation.GENERAL;
        var type = of.type().isText()
                ? of.type().with(collation)
                : ColumnType.text(1024).with(collation);
        return strict(of, type, value -> new Value.Text(Numbers.text(value), collation));
    }

    private static Value characters(Value value, Optional<Integer> length) {
        var text = Texts.characters(Texts.of(Texts.characters(value), Collation.GENERAL));
        var cut = length.filter(most -> most < text.length())
                .map(most -> text.substring(0, most))
                .orElse(text);
        return length.isPresent()
                ? Texts.of(cut, Collation.GENERAL)
                : new Value.Text(Numbers.text(value), Collation.GENERAL);
    }

    private static Value bytes(Value value, Optional<Integer> length) {
        var content = Numbers.text(value);
        return new Value.Text(
                length.map(most -> Bytes.wrap(Arrays.copyOf(content.shared(), most)))
                        .orElse(content),
                Collation.BINARY);
    }
}
