package io.metastore.operator.spec;

import java.time.Duration;
import java.util.regex.Pattern;

/// Times as in a spec: `15m`, `1h30m`, `250ms`.
public final class Durations {
    private static final Pattern PART = Pattern.compile("([0-9]+(?:[.][0-9]+)?)(ms|s|m|h)");

    private Durations() {}

    /// What the text stands for.
    ///
    /// @param text as the API server has checked it
    public static Duration parse(String text) {
        var parts = PART.matcher(text);
        long nanos = 0;
        int end = 0;
        while (parts.find() && parts.start() == end) {
            nanos += Math.round(Double.parseDouble(parts.group(1)) * nanosOf(parts.group(2)));
            end = parts.end();
        }
        if (end == 0 || end != text.length()) {
            throw new IllegalArgumentException("not a time: " + text);
        }
        return Duration.ofNanos(nanos);
    }

    private static long nanosOf(String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(1).toNanos();
            case "s" -> Duration.ofSeconds(1).toNanos();
            case "m" -> Duration.ofMinutes(1).toNanos();
            case "h" -> Duration.ofHours(1).toNanos();
            default -> throw new IllegalArgumentException("not a unit of time: " + unit);
        };
    }
}
