package io.metastore.server.mysql.sql;

import io.metastore.server.model.Bytes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// Values as numbers, and numbers as text, by MySQL's rules.
///
///     '12abc' → 12      'abc' → 0      1.50 → "1.50"      1e20 → "1e20"
final class Numbers {
    private static final Pattern LEADING = Pattern.compile("\\s*([+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?)");
    private static final BigDecimal PLAIN_BELOW = new BigDecimal("1e15");
    private static final BigDecimal PLAIN_FROM = new BigDecimal("1e-15");
    private static final int LONGEST = 400;

    private Numbers() {}

    static double real(Value value) {
        return switch (value) {
            case Value.Null _ -> 0;
            case Value.Whole(var number) -> number;
            case Value.Decimal(var number) -> number.doubleValue();
            case Value.Real(var number) -> number;
            case Value.Text(var bytes, var _) -> {
                var match = LEADING.matcher(head(bytes));
                yield match.lookingAt() ? Double.parseDouble(match.group(1)) : 0;
            }
        };
    }

    /// Whether all of the text is a number.
    static boolean isWhollyNumber(Bytes bytes) {
        var text = head(bytes);
        var match = LEADING.matcher(text);
        return match.lookingAt() && text.substring(match.end()).isBlank();
    }

    private static String head(Bytes bytes) {
        return new String(bytes.shared(), 0, Math.min(LONGEST, bytes.length()), StandardCharsets.ISO_8859_1);
    }

    /// A number to count with: texts become floating point ones.
    static Value arithmetic(Value value) {
        return value instanceof Value.Text ? new Value.Real(real(value)) : value;
    }

    static BigDecimal decimal(Value value) {
        return switch (value) {
            case Value.Null _ -> BigDecimal.ZERO;
            case Value.Whole(var number) -> BigDecimal.valueOf(number);
            case Value.Decimal(var number) -> number;
            case Value.Real(var number) -> new BigDecimal(Double.toString(number));
            case Value.Text(var bytes, var _) -> {
                var match = LEADING.matcher(head(bytes));
                yield match.lookingAt() ? new BigDecimal(match.group(1)) : BigDecimal.ZERO;
            }
        };
    }

    /// The nearest whole number, within the bounds of 64 bits.
    static long whole(Value value) {
        if (value instanceof Value.Whole(var number)) {
            return number;
        }
        return clamp(decimal(value).setScale(0, RoundingMode.HALF_UP).toBigInteger());
    }

    /// As `whole`, but what is behind the point of a text does not count.
    static long truncated(Value value) {
        return value instanceof Value.Text ? clamp(decimal(value).toBigInteger()) : whole(value);
    }

    private static long clamp(BigInteger number) {
        return number.bitLength() < Long.SIZE
                ? number.longValue()
                : number.signum() > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
    }

    /// A whole number of any size.
    static Value ofInteger(BigInteger number) {
        return number.bitLength() < Long.SIZE
                ? new Value.Whole(number.longValue())
                : new Value.Decimal(new BigDecimal(number));
    }

    /// The bits of a number as MySQL's bit operators see it, from 0 to 2^64 - 1.
    static Value unsigned(long bits) {
        return ofInteger(new BigInteger(Long.toUnsignedString(bits)));
    }

    /// The 64 bits of a number.
    static long bits(Value value) {
        return decimal(value).setScale(0, RoundingMode.HALF_UP).toBigInteger().longValue();
    }

    static boolean isTrue(Value value) {
        return switch (value) {
            case Value.Null _ -> false;
            case Value.Whole(var number) -> number != 0;
            case Value.Decimal(var number) -> number.signum() != 0;
            case Value.Real(var number) -> number != 0;
            case Value.Text _ -> real(value) != 0;
        };
    }

    /// The bytes that a client reads.
    static Bytes text(Value value) {
        return switch (value) {
            case Value.Null _ -> Bytes.EMPTY;
            case Value.Whole(var number) -> Bytes.utf8(Long.toString(number));
            case Value.Decimal(var number) -> Bytes.utf8(number.toPlainString());
            case Value.Real(var number) -> Bytes.utf8(text(number));
            case Value.Text(var bytes, var _) -> bytes;
        };
    }

    private static String text(double number) {
        if (number == 0) {
            return "0";
        }
        var exact = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        var size = exact.abs();
        if (size.compareTo(PLAIN_BELOW) < 0 && size.compareTo(PLAIN_FROM) >= 0) {
            return exact.toPlainString();
        }
        int exponent = exact.precision() - exact.scale() - 1;
        return exact.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
    }
}
