package io.metastore.server.cli.original;

import java.util.Locale;

/// One key of the original, as the table lists it.
///
/// @param path the names that lead to it below `server`, with dots between them
/// @param initial the value when nobody sets it
/// @param note the flag of etcd's it is handed to, or why it is treated as it is
record Key(String path, Kind kind, String initial, Effect effect, String note) {
    static final String VARIABLE_PREFIX = "METASTORE_";

    /// What setting it does.
    enum Effect {
        /// It is handed to one flag of etcd's as it stands.
        HANDED_ON,
        /// Some class here reads it.
        READ,
        /// None: any value is accepted, with a warning unless it is the initial one.
        NONE,
        /// Running without what another value asks for could surprise: only the initial one is accepted.
        ONLY_INITIAL,
        /// It belongs to what this server does not have: any value is refused.
        ABSENT
    }

    /// `raft.node_role` as `METASTORE_RAFT_NODE_ROLE`.
    String variable() {
        return VARIABLE_PREFIX + path.toUpperCase(Locale.ROOT).replace('.', '_');
    }
}
