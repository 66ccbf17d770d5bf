package io.metastore.crds;

/// Flags of the server that nobody may set through `config`: the operator sets them, from other fields or by itself.
final class ServerFlags {
    private static final String BY_NAME = "'name', 'data-dir', 'wal-dir', 'role', 'config-file', 'force-new-cluster',"
            + " 'advertise-client-urls', 'strict-reconfig-check', 'max-learners',"
            + " 'election-timeout', 'heartbeat-interval', 'snapshot-count', 'quota-backend-bytes',"
            + " 'log-level', 'log-format', 'log-outputs', 'enable-log-rotation',"
            + " 'cert-file', 'key-file', 'trusted-ca-file', 'client-cert-auth', 'auto-tls'";

    private static final String BY_BEGINNING = "key.startsWith('listen-') || key.startsWith('initial-')"
            + " || key.startsWith('discovery-') || key.startsWith('peer-') || key.startsWith('auto-compaction-')";

    static final String NONE_IS_OWNED =
            "!has(self.config) || self.config.all(key, !(key in [" + BY_NAME + "] || " + BY_BEGINNING + "))";

    static final String OWNED_REFUSED = "config must not set names, addresses, directories, members, certificates,"
            + " logging, compaction, quota and timing: other fields do, or the operator";

    private ServerFlags() {}
}
