package io.metastore.server.mysql.sql;

import com.alibaba.druid.sql.ast.expr.SQLBinaryOpExpr;
import com.alibaba.druid.sql.ast.expr.SQLBinaryOperator;
import com.alibaba.druid.sql.ast.expr.SQLBooleanExpr;
import com.alibaba.druid.sql.ast.expr.SQLNullExpr;
import io.metastore.server.mysql.packet.MysqlException;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Operators between two values.
final class Operators {
    private static final int MOST_BITS = 64;

    private Operators() {}

    /// Nothing for an operator that is not known.
    static Optional<Expression> bind(SQLBinaryOperator operator, Expression left, Expression right) {
        return Optional.ofNullable(
                switch (operator) {
                    case Add -> numeric(left, right, Arithmetic::add);
                    case Subtract -> numeric(left, right, Arithmetic::subtract);
                    case Multiply -> product(left, right);
                    case Divide -> quotient(left, right);
                    case DIV -> of(ColumnType.BIGINT, left, right, Arithmetic::wholeDivide);
                    case Modulus, Mod -> numeric(left, right, Arithmetic::remainder);
                    case Equality -> comparison(left, right, order -> order == 0);
                    case NotEqual, LessThanOrGreater -> comparison(left, right, order -> order != 0);
                    case LessThan -> comparison(left, right, order -> order < 0);
                    case LessThanOrEqual, NotGreaterThan -> comparison(left, right, order -> order <= 0);
                    case GreaterThan -> comparison(left, right, order -> order > 0);
                    case GreaterThanOrEqual, NotLessThan -> comparison(left, right, order -> order >= 0);
                    case LessThanOrEqualOrGreaterThan -> of(ColumnType.BIGINT, left, right, Operators::same);
                    case BooleanAnd -> and(left, right);
                    case BooleanOr, Concat -> or(left, right);
                    case BooleanXor -> of(ColumnType.BIGINT, left, right, Operators::xor);
                    case BitwiseAnd -> bits(left, right, (a, b) -> a & b);
                    case BitwiseOr -> bits(left, right, (a, b) -> a | b);
                    case BitwiseXor -> bits(left, right, (a, b) -> a ^ b);
                    case LeftShift -> bits(left, right, (a, b) -> b < 0 || b >= MOST_BITS ? 0 : a << b);
                    case RightShift -> bits(left, right, (a, b) -> b < 0 || b >= MOST_BITS ? 0 : a >>> b);
                    default -> null;
                });
    }

    private static Expression of(ColumnType type, Expression left, Expression right, BinaryOperator<Value> operator) {
        return new Expression(
                type, left.constant() && right.constant(), row -> operator.apply(left.of(row), right.of(row)));
    }

    private static ColumnType number(ColumnType type) {
        return type.isText() || type.isTime() ? ColumnType.DOUBLE : type;
    }

    private static Expression numeric(Expression left, Expression right, BinaryOperator<Value> operator) {
        return of(number(left.type()).or(number(right.type())), left, right, operator);
    }

    private static Expression product(Expression left, Expression right) {
        var type = number(left.type()).or(number(right.type()));
        var exact = type.kind() == ColumnType.Kind.DECIMAL
                ? ColumnType.decimal(left.type().decimals() + right.type().decimals())
                : type;
        return of(exact, left, right, Arithmetic::multiply);
    }

    private static Expression quotient(Expression left, Expression right) {
        var type = number(left.type()).or(number(right.type()));
        var exact = type.kind() == ColumnType.Kind.DOUBLE
                ? ColumnType.DOUBLE
                : ColumnType.decimal(left.type().decimals() + 4);
        return of(exact, left, right, Arithmetic::divide);
    }

    private static Expression comparison(Expression left, Expression right, IntPredicate holds) {
        return of(
                ColumnType.BIGINT,
                left,
                right,
                (one, other) -> Order.compare(one, other)
                        .map(order -> Logic.of(holds.test(order)))
                        .orElse(Logic.NULL));
    }

    private static Value same(Value left, Value right) {
        if (left.isNull() || right.isNull()) {
            return Logic.of(left.isNull() == right.isNull());
        }
        return Logic.of(Order.compare(left, right).orElse(1) == 0);
    }

    private static Expression and(Expression left, Expression right) {
        return new Expression(ColumnType.BIGINT, left.constant() && right.constant(), row -> {
            var one = left.of(row);
            if (!one.isNull() && !Numbers.isTrue(one)) {
                return Logic.FALSE;
            }
            var other = right.of(row);
            if (!other.isNull() && !Numbers.isTrue(other)) {
                return Logic.FALSE;
            }
            return one.isNull() || other.isNull() ? Logic.NULL : Logic.TRUE;
        });
    }

    private static Expression or(Expression left, Expression right) {
        return new Expression(ColumnType.BIGINT, left.constant() && right.constant(), row -> {
            var one = left.of(row);
            if (Numbers.isTrue(one)) {
                return Logic.TRUE;
            }
            var other = right.of(row);
            if (Numbers.isTrue(other)) {
                return Logic.TRUE;
            }
            return one.isNull() || other.isNull() ? Logic.NULL : Logic.FALSE;
        });
    }

    private static Value xor(Value left, Value right) {
        return left.isNull() || right.isNull() ? Logic.NULL : Logic.of(Numbers.isTrue(left) != Numbers.isTrue(right));
    }

    private interface OfBits {
        long of(long left, long right);
    }

    private static Expression bits(Expression left, Expression right, OfBits operator) {
        return of(
                ColumnType.UNSIGNED,
                left,
                right,
                (one, other) -> one.isNull() || other.isNull()
                        ? Logic.NULL
                        : Numbers.unsigned(operator.of(Numbers.bits(one), Numbers.bits(other))));
    }

    /// `IS NULL`, `IS TRUE` and their like.
    static Expression is(Expression left, SQLBinaryOpExpr operation) {
        var right = operation.getRight();
        boolean negated = operation.getOperator() == SQLBinaryOperator.IsNot;
        if (right instanceof SQLNullExpr) {
            return new Expression(
                    ColumnType.BIGINT.neverNull(),
                    left.constant(),
                    row -> Logic.of(left.of(row).isNull() != negated));
        }
        if (right instanceof SQLBooleanExpr truth) {
            return new Expression(ColumnType.BIGINT.neverNull(), left.constant(), row -> {
                var value = left.of(row);
                boolean same = !value.isNull() && Numbers.isTrue(value) == truth.getBooleanValue();
                return Logic.of(same != negated);
            });
        }
        throw SqlErrors.notSupported("IS " + right);
    }

    /// LIKE and REGEXP.
    static Expression matching(SQLBinaryOperator operator, Expression left, Expression right, String escape) {
        boolean like = operator == SQLBinaryOperator.Like || operator == SQLBinaryOperator.NotLike;
        var found = new Expression(ColumnType.BIGINT, left.constant() && right.constant(), row -> {
            var text = left.of(row);
            var pattern = right.of(row);
            if (text.isNull() || pattern.isNull()) {
                return Logic.NULL;
            }
            var collation = Texts.strongest(List.of(text, pattern));
            var characters = new String(Texts.text(text).bytes().shared(), Texts.charset(collation));
            return Logic.of(
                    like
                            ? Texts.like(pattern, escape, collation)
                                    .matcher(characters)
                                    .matches()
                            : regular(pattern, collation).matcher(characters).find());
        });
        return switch (operator) {
            case NotLike, NotRLike, NotRegExp -> Binder.not(found);
            default -> found;
        };
    }

    private static Pattern regular(Value pattern, Collation collation) {
        try {
            return Pattern.compile(
                    new String(Texts.text(pattern).bytes().shared(), Texts.charset(collation)), Texts.flags(collation));
        } catch (PatternSyntaxException e) {
            throw new MysqlException(1139, "42000", "Got error '" + e.getDescription() + "' from regexp");
        }
    }

    /// What `IN` says; NULL when there is a NULL and no equal one.
    static Value isAmong(Value wanted, List<Value> all) {
        if (wanted.isNull()) {
            return all.isEmpty() ? Logic.FALSE : Logic.NULL;
        }
        boolean unknown = false;
        for (var one : all) {
            var order = Order.compare(wanted, one);
            if (order.isPresent() && order.get() == 0) {
                return Logic.TRUE;
            }
            unknown |= order.isEmpty();
        }
        return unknown ? Logic.NULL : Logic.FALSE;
    }
}
