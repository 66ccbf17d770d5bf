package io.metastore.server.mysql.sql;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// The operators of numbers, by MySQL's rules: whole numbers stay whole, exact ones exact, and a text
/// or a floating point number makes all floating point. A division by zero is NULL.
final class Arithmetic {
    private static final int MORE_DECIMALS = 4;
    private static final int MOST_DECIMALS = 30;

    private Arithmetic() {}

    private static final Operator ADD = new Operator(Math::addExact, BigDecimal::add, Double::sum, "+");
    private static final Operator SUBTRACT =
            new Operator(Math::subtractExact, BigDecimal::subtract, (a, b) -> a - b, "-");
    private static final Operator MULTIPLY =
            new Operator(Math::multiplyExact, BigDecimal::multiply, (a, b) -> a * b, "*");

    static Value add(Value left, Value right) {
        return ADD.of(left, right);
    }

    static Value subtract(Value left, Value right) {
        return SUBTRACT.of(left, right);
    }

    static Value multiply(Value left, Value right) {
        return MULTIPLY.of(left, right);
    }

    private interface OfWhole {
        long of(long left, long right);
    }

    private interface OfExact {
        BigDecimal of(BigDecimal left, BigDecimal right);
    }

    private interface OfReal {
        double of(double left, double right);
    }

    private record Operator(OfWhole whole, OfExact exact, OfReal real, String sign) {
        Value of(Value left, Value right) {
            if (left.isNull() || right.isNull()) {
                return Logic.NULL;
            }
            var one = Numbers.arithmetic(left);
            var other = Numbers.arithmetic(right);
            if (one instanceof Value.Real || other instanceof Value.Real) {
                return new Value.Real(real.of(Numbers.real(one), Numbers.real(other)));
            }
            if (one instanceof Value.Whole(var a) && other instanceof Value.Whole(var b)) {
                try {
                    return new Value.Whole(whole.of(a, b));
                } catch (ArithmeticException e) {
                    throw SqlErrors.outOfRange("(" + a + " " + sign + " " + b + ")");
                }
            }
            return new Value.Decimal(exact.of(Numbers.decimal(one), Numbers.decimal(other)));
        }
    }

    static Value divide(Value left, Value right) {
        if (left.isNull() || right.isNull()) {
            return Logic.NULL;
        }
        var one = Numbers.arithmetic(left);
        var other = Numbers.arithmetic(right);
        if (one instanceof Value.Real || other instanceof Value.Real) {
            double divisor = Numbers.real(other);
            return divisor == 0 ? Logic.NULL : new Value.Real(Numbers.real(one) / divisor);
        }
        var divisor = Numbers.decimal(other);
        if (divisor.signum() == 0) {
            return Logic.NULL;
        }
        var dividend = Numbers.decimal(one);
        int scale = Math.min(MOST_DECIMALS, dividend.scale() + MORE_DECIMALS);
        return new Value.Decimal(dividend.divide(divisor, scale, RoundingMode.HALF_UP));
    }

    static Value wholeDivide(Value left, Value right) {
        if (left.isNull() || right.isNull() || Numbers.decimal(right).signum() == 0) {
            return Logic.NULL;
        }
        return Numbers.ofInteger(Numbers.decimal(left)
                .divide(Numbers.decimal(right), 0, RoundingMode.DOWN)
                .toBigInteger());
    }

    static Value remainder(Value left, Value right) {
        if (left.isNull() || right.isNull()) {
            return Logic.NULL;
        }
        var one = Numbers.arithmetic(left);
        var other = Numbers.arithmetic(right);
        if (one instanceof Value.Real || other instanceof Value.Real) {
            double divisor = Numbers.real(other);
            return divisor == 0 ? Logic.NULL : new Value.Real(Numbers.real(one) % divisor);
        }
        var divisor = Numbers.decimal(other);
        if (divisor.signum() == 0) {
            return Logic.NULL;
        }
        var rest = Numbers.decimal(one).remainder(divisor);
        return one instanceof Value.Whole && other instanceof Value.Whole
                ? new Value.Whole(rest.longValue())
                : new Value.Decimal(rest);
    }

    static Value negate(Value value) {
        return switch (Numbers.arithmetic(value)) {
            case Value.Null _ -> Logic.NULL;
            case Value.Whole(var number) ->
                Numbers.ofInteger(BigInteger.valueOf(number).negate());
            case Value.Decimal(var number) -> {
                var negated = number.negate();
                yield negated.scale() == 0 ? Numbers.ofInteger(negated.toBigInteger()) : new Value.Decimal(negated);
            }
            case Value.Real(var number) -> new Value.Real(-number);
            case Value.Text text -> throw new IllegalStateException("no number: " + text);
        };
    }
}
