package io.metastore.server.request;

import java.math.BigDecimal;

/// Durations as Go prints them.
///
///     1 → 1ns     59608 → 59.608µs     1108611 → 1.108611ms     1500000000 → 1.5s     61000000000 → 1m1s
public final class GoTime {
    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000_000_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    private GoTime() {}

    /// So many nanoseconds.
    public static String text(long nanos) {
        if (nanos < 0) {
            return "-" + text(-nanos);
        }
        if (nanos == 0) {
            return "0s";
        }
        if (nanos < MICRO) {
            return nanos + "ns";
        }
        if (nanos < MILLI) {
            return decimal(nanos, 3) + "µs";
        }
        if (nanos < SECOND) {
            return decimal(nanos, 6) + "ms";
        }
        var hours = nanos < HOUR ? "" : nanos / HOUR + "h";
        var minutes = nanos < MINUTE ? "" : nanos % HOUR / MINUTE + "m";
        return hours + minutes + decimal(nanos % MINUTE, 9) + "s";
    }

    private static String decimal(long nanos, int places) {
        return BigDecimal.valueOf(nanos, places).stripTrailingZeros().toPlainString();
    }
}
