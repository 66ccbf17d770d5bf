package io.metastore.server.grpc.json;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/// Whole numbers as Go's protobuf library takes them from JSON: with a fraction or an exponent too, as long as what
/// they say is whole.
///
///     100, 1e2, 1.0e2, 1000e-1  →  100      1.5, 1e-1  →  nothing
final class GoNumber {
    /// At the beginning of a text; behind it there must be an end of a word.
    private static final Pattern NUMBER = Pattern.compile(
            "(-)?(0|[1-9][0-9]*)(?:\\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?(?![-+._a-zA-Z0-9]).*", Pattern.DOTALL);

    private static final int MOST_DIGITS = 20;
    private static final Pattern SMALL = Pattern.compile("[+-]?0*[0-9]{1,9}");

    private GoNumber() {}

    /// The number that the text begins with, between `least` and `most`.
    static Optional<BigInteger> whole(String text, BigInteger least, BigInteger most) {
        var parts = NUMBER.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var integer = parts.group(2).equals("0") ? "" : parts.group(2);
        var fraction = parts.group(3) == null ? "" : withoutTrailingZeros(parts.group(3));
        if (integer.isEmpty() && fraction.isEmpty()) {
            return Optional.of(BigInteger.ZERO);
        }
        var exponent = parts.group(4) == null ? "0" : parts.group(4);
        return SMALL.matcher(exponent).matches()
                ? digits(integer, fraction, Integer.parseInt(exponent))
                        .map(BigInteger::new)
                        .map(value -> parts.group(1) == null ? value : value.negate())
                        .filter(value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0)
                : Optional.empty();
    }

    /// Moves the point; nothing when a digit behind it is left, or when there are more digits than any number has.
    private static Optional<String> digits(String integer, String fraction, int exponent) {
        if (fraction.length() > Math.max(exponent, 0) || integer.length() + Math.max(exponent, 0) > MOST_DIGITS) {
            return Optional.empty();
        }
        if (exponent >= 0) {
            return Optional.of("0" + integer + fraction + "0".repeat(exponent - fraction.length()));
        }
        int point = integer.length() + exponent;
        return point >= 0 && integer.substring(point).chars().allMatch(digit -> digit == '0')
                ? Optional.of("0" + integer.substring(0, point))
                : Optional.empty();
    }

    private static String withoutTrailingZeros(String digits) {
        int end = digits.length();
        while (end > 0 && digits.charAt(end - 1) == '0') {
            end--;
        }
        return digits.substring(0, end);
    }
}
