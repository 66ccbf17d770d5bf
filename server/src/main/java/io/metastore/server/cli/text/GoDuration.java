package io.metastore.server.cli.text;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Pattern;

/// Durations as Go programs, and so etcd's flags, write them.
///
///     1h30m   10ms   1.5s   -2us   0
///
/// Source: `time.ParseDuration` of Go.
public final class GoDuration {
    private static final Pattern WHOLE = Pattern.compile("[-+]?(0|((\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|μs|ms|s|m|h))+)");
    private static final Pattern PART = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)");

    private GoDuration() {}

    /// Rounded down to whole nanoseconds.
    ///
    /// @throws IllegalArgumentException when it is no duration or longer than 292 years
    public static Duration parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException("parse error");
        }
        var nanos = PART.matcher(text)
                .results()
                .map(part -> new BigDecimal(part.group(1)).multiply(nanos(part.group(2))))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        try {
            long whole = nanos.toBigInteger().longValueExact();
            return Duration.ofNanos(text.startsWith("-") ? -whole : whole);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("parse error", e);
        }
    }

    private static BigDecimal nanos(String unit) {
        return BigDecimal.valueOf(
                switch (unit) {
                    case "ns" -> 1L;
                    case "ms" -> 1_000_000L;
                    case "s" -> 1_000_000_000L;
                    case "m" -> 60_000_000_000L;
                    case "h" -> 3_600_000_000_000L;
                    default -> 1_000L; // micro, with either of the two signs for it
                });
    }
}
