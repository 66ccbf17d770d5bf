package io.metastore.server.cli;

import java.util.Locale;

/// One flag as the table lists it.
///
/// @param initial the value when nobody sets it; `true` or `false` make it a switch, which may stand without a value
record Flag(String name, String initial, Standing standing, String meaning) {
    static final String ENVIRONMENT_PREFIX = "ETCD_";

    /// What setting it does.
    enum Standing {
        WORKS,
        /// Etcd has it, and here nothing depends on it: any value is accepted, with a warning.
        IGNORED,
        /// Etcd has it, and running without what it asks for could surprise: only the initial value is accepted.
        NOT_YET
    }

    boolean isSwitch() {
        return initial.equals("true") || initial.equals("false");
    }

    /// `initial-cluster-token` as `ETCD_INITIAL_CLUSTER_TOKEN`.
    String variable() {
        return ENVIRONMENT_PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
