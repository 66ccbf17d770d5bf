package io.metastore.server.metrics;

import java.util.Locale;

/// What Prometheus knows.
public enum Kind {
    COUNTER,
    GAUGE,
    HISTOGRAM,
    SUMMARY;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
