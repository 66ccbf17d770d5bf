package io.metastore.operator.resource;

import io.fabric8.kubernetes.api.model.Quantity;
import io.metastore.crds.ClusterSpec;
import io.metastore.crds.CompactionSpec;
import io.metastore.crds.LoggingSpec;
import io.metastore.crds.MetaStoreCluster;
import io.metastore.crds.TlsSpec;
import io.metastore.operator.model.MemberName;
import io.metastore.operator.model.Role;
import io.metastore.operator.spec.Durations;
import io.metastore.operator.spec.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What a member is told on its command line, in the server's own flags.
final class MemberFlags {
    static final String DATA = "/var/lib/metastore/data";
    static final String LOG = "/var/lib/metastore/log";
    static final String CERTIFICATES = "/etc/metastore/peer";

    /// What a witness refuses, since it has no keys and no clients.
    private static final Set<String> NOT_FOR_A_WITNESS = Set.of("storage");

    private static final int HEARTBEATS = 10;

    private final MetaStoreCluster cluster;
    private final ClusterSpec spec;
    private final Wanted wanted;
    private final List<String> flags = new ArrayList<>();

    private MemberFlags(MetaStoreCluster cluster, Wanted wanted) {
        this.cluster = cluster;
        this.spec = cluster.getSpec();
        this.wanted = wanted;
    }

    /// All flags, each one as `--name=value`.
    ///
    /// @param begins how it begins if it has no data: `new`, or the members that it joins
    static List<String> of(MetaStoreCluster cluster, Wanted wanted, MemberName name, Role role, Beginning begins) {
        var flags = new MemberFlags(cluster, wanted);
        flags.identity(name, role);
        flags.beginning(name, begins);
        flags.peers();
        flags.tuning();
        flags.further(role);
        return List.copyOf(flags.flags);
    }

    private void identity(MemberName name, Role role) {
        add("name", name.text());
        add("data-dir", DATA);
        switch (role) {
            case VOTER, LEARNER -> {
                if (spec.storage().logSize() != null) {
                    add("wal-dir", LOG);
                }
                add("listen-client-urls", "http://0.0.0.0:" + Names.CLIENT_PORT);
                add("advertise-client-urls", "http://" + wanted.host(name) + ":" + Names.CLIENT_PORT);
            }
            case WITNESS -> add("role", "witness");
        }
        add("listen-peer-urls", (isSecure() ? "https" : "http") + "://0.0.0.0:" + Names.PEER_PORT);
        add("initial-advertise-peer-urls", wanted.peerUrl(name));
        add("listen-metrics-urls", "http://0.0.0.0:" + Names.HEALTH_PORT);
    }

    private void beginning(MemberName name, Beginning begins) {
        switch (begins) {
            case Beginning.Founds() -> {
                add("initial-cluster", name + "=" + wanted.peerUrl(name));
                add("initial-cluster-state", "new");
            }
            case Beginning.Joins(var members) -> {
                add("initial-cluster", members);
                add("initial-cluster-state", "existing");
            }
        }
        var token = spec.bootstrap().init().clusterToken();
        add("initial-cluster-token", token == null ? cluster.getMetadata().getUid() : token);
    }

    /// The authority signs for this cluster's members only, so its certificate says enough; where a
    /// Pod's address leads back to does not count.
    private void peers() {
        if (isSecure()) {
            add("peer-cert-file", CERTIFICATES + "/tls.crt");
            add("peer-key-file", CERTIFICATES + "/tls.key");
            add("peer-trusted-ca-file", CERTIFICATES + "/ca.crt");
            add("peer-client-cert-auth", "true");
            add("peer-skip-client-san-verification", "true");
        }
    }

    private void tuning() {
        long election = Durations.parse(spec.raft().electionTimeout()).toMillis();
        add("election-timeout", String.valueOf(election));
        add("heartbeat-interval", String.valueOf(Math.max(1, election / HEARTBEATS)));
        add("snapshot-count", String.valueOf(spec.raft().snapshotThreshold()));
        add(
                "quota-backend-bytes",
                Quantity.getAmountInBytes(Quantity.parse(spec.quotaBackend()))
                        .toBigInteger()
                        .toString());
        compaction(spec.compaction());
        add("log-level", level(spec.logging().level()));
        add("log-format", format(spec.logging().format()));
    }

    private void compaction(CompactionSpec compaction) {
        switch (compaction.mode()) {
            case PERIODIC -> {
                add("auto-compaction-mode", "periodic");
                add("auto-compaction-retention", compaction.retention());
            }
            case REVISION -> {
                add("auto-compaction-mode", "revision");
                add("auto-compaction-retention", compaction.retention());
            }
            case NONE -> add("auto-compaction-retention", "0");
        }
    }

    private void further(Role role) {
        spec.config().forEach((flag, value) -> {
            if (role != Role.WITNESS || !NOT_FOR_A_WITNESS.contains(flag)) {
                add(flag, value);
            }
        });
    }

    private static String level(LoggingSpec.Level level) {
        return switch (level) {
            case DEBUG -> "debug";
            case INFO -> "info";
            case WARN -> "warn";
            case ERROR -> "error";
        };
    }

    private static String format(LoggingSpec.Format format) {
        return switch (format) {
            case JSON -> "json";
            case CONSOLE -> "console";
        };
    }

    private boolean isSecure() {
        return spec.tls().peer().mode() != TlsSpec.Mode.DISABLED;
    }

    private void add(String flag, String value) {
        flags.add("--" + flag + "=" + value);
    }
}
