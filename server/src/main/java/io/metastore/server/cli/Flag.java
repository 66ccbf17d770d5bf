package io.metastore.server.cli;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// One flag as the table lists it.
///
/// @param initial the value when nobody sets it; `true` or `false` make it a switch, which may stand without a value
record Flag(String name, String initial, Standing standing, String meaning) {
    static final String ENVIRONMENT_PREFIX = "ETCD_";

    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final Pattern DURATION = Pattern.compile("\\d+(ms|s|m|h)");
    private static final Set<String> LISTS = Set.of(
            "log-outputs",
            "discovery-endpoints",
            "cipher-suites",
            "client-cert-allowed-hostname",
            "peer-cert-allowed-cn",
            "peer-cert-allowed-hostname");

    /// Hours without a unit, or a duration, or revisions.
    private static final String RETENTION = "auto-compaction-retention";

    /// What setting it does.
    enum Standing {
        WORKS,
        /// Etcd has it, and here nothing depends on it: any value is accepted, with a warning.
        IGNORED,
        /// Etcd has it, and running without what it asks for could surprise: only the initial value is accepted.
        NOT_YET,
        /// Of the original's form, and turned into etcd's flags before anything else looks at it.
        ORIGINAL
    }

    /// What its value looks like where values have types.
    enum Shape {
        SWITCH,
        NUMBER,
        DURATION,
        TEXTS,
        TEXT
    }

    boolean isSwitch() {
        return initial.equals("true") || initial.equals("false");
    }

    /// The initial value tells.
    Shape shape() {
        if (isSwitch()) {
            return Shape.SWITCH;
        }
        if (DIGITS.matcher(initial).matches() && !name.equals(RETENTION)) {
            return Shape.NUMBER;
        }
        if (DURATION.matcher(initial).matches()) {
            return Shape.DURATION;
        }
        return LISTS.contains(name) ? Shape.TEXTS : Shape.TEXT;
    }

    /// `initial-cluster-token` as `ETCD_INITIAL_CLUSTER_TOKEN`.
    String variable() {
        return ENVIRONMENT_PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
