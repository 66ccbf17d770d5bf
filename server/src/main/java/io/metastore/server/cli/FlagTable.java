package io.metastore.server.cli;

import io.metastore.server.cli.text.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// Every flag of etcd 3.7, what older manifests still pass, and ours: the one place that knows them.
///
/// A line is `mark name | initial value | meaning`; a line without a mark begins a section. The marks:
///
///     =  works
///     ~  accepted without effect
///     !  not available yet: refused unless it is set to its initial value
///     +  of the original's form
final class FlagTable {
    private static final String EXPERIMENTAL = "experimental-";

    private static final String TABLE = """
            Member
            = name | default | Name of this member, unique in its cluster.
            = data-dir | ${name}.etcd | Directory for everything that must survive a restart.
            = wal-dir | | Separate directory for the Raft log.
            = storage | rocksdb | Engine for the key space: rocksdb or memory (which also survives restarts).
            = role | data | data keeps keys and serves clients; witness only votes and keeps the log.
            = listen-client-urls | http://localhost:2379 | Where clients are served; addresses or localhost.
            = listen-peer-urls | http://localhost:2380 | Where other members are served; addresses or localhost.
            = snapshot-count | 10000 | Log entries between two checkpoints.
            = snapshot-catchup-entries | 5000 | Log entries kept behind a checkpoint for slow members.
            = snapshot-transfer-rate | 33554432 | Bytes a second at which other members are given the whole state; 0 means no limit.
            = heartbeat-interval | 100 | Milliseconds; at most a fifth of the election timeout, which sets the real rhythm.
            = election-timeout | 1000 | Milliseconds without a leader until members elect one; 5 heartbeats or more.
            ~ initial-election-tick-advance | true | Shorter first election; always so here.
            ~ pre-vote | true | Members ask before they start an election; always so here.
            = config-file | | YAML file with settings; all other flags and variables are ignored then.
            = listen-client-http-urls | | Serves HTTP here and no more where clients are served.
            ~ raft-read-timeout | 5s | Timing of etcd's own peer connections.
            ~ raft-write-timeout | 5s | Timing of etcd's own peer connections.
            ~ socket-reuse-port | false | Socket option.
            ~ socket-reuse-address | false | Socket option; always on here.
            Clustering
            = advertise-client-urls | http://localhost:2379 | URLs under which clients reach this member.
            = initial-advertise-peer-urls | http://localhost:2380 | URLs under which other members reach this one.
            = initial-cluster | default=http://localhost:2380 | Founders, name=url,...; unused once there is data.
            = initial-cluster-state | new | new founds a cluster, existing joins one.
            = initial-cluster-token | etcd-cluster | Tells apart clusters founded at the same addresses.
            = strict-reconfig-check | true | Refuse member changes that would cost the quorum.
            = max-learners | 1 | Learners that a cluster may have.
            = force-new-cluster | false | Go on alone with the data of a lost cluster: all other members are dropped.
            = discovery-token | | Names the cluster whose founders find each other.
            = discovery-endpoints | | Endpoints of a cluster where they do, etcd or MetaStore.
            = discovery-dial-timeout | 2s | How long a connection to it may take.
            = discovery-request-timeout | 5s | How long its answer may take.
            = discovery-keepalive-time | 2s | Quiet after which it is pinged, at least 10s.
            = discovery-keepalive-timeout | 6s | How long the answer to that may take.
            = discovery-insecure-transport | true | Endpoints without a scheme are talked to without TLS.
            = discovery-insecure-skip-tls-verify | false | Discovery without checking certificates.
            = discovery-cert | | Certificate for the discovery service.
            = discovery-key | | Key for the discovery service.
            = discovery-cacert | | Authorities trusted for the discovery service.
            = discovery-user | | User at the discovery service, or user:password.
            = discovery-password | | Password at the discovery service.
            = discovery-fallback | exit | What to do when discovery fails: exit.
            = discovery-srv | | DNS domain whose SRV records name the founders.
            = discovery-srv-name | | Suffix of the names of these records.
            Limits
            = quota-backend-bytes | 0 | Bytes clients may keep stored; 0 means 2 GiB, below 0 no limit.
            = max-txn-ops | 128 | Operations that one transaction may have.
            = max-request-bytes | 1572864 | Bytes that one request may have.
            = max-concurrent-streams | 4294967295 | Streams that one connection may have open.
            = grpc-keepalive-min-time | 5s | Clients that ping more often are sent away; 0 means 5m.
            = grpc-keepalive-interval | 2h | Quiet after which the server pings a client, at least 10s; 0 means 2h.
            = grpc-keepalive-timeout | 20s | How long the server waits for the answer to a ping.
            Compaction and watches
            = auto-compaction-mode | periodic | What the retention counts: periodic (time) or revision.
            = auto-compaction-retention | 0 | Time (hours without unit) or revisions to keep; 0 means all.
            = compaction-batch-limit | 1000 | Revisions deleted in one step of a compaction.
            = compaction-sleep-interval | 10ms | Pause between two steps of a compaction.
            = watch-progress-notify-interval | 10m | Quiet after which watches that asked are told the revision.
            Logging
            = log-level | info | debug, info, warn, error, panic or fatal.
            = log-format | json | json or console.
            = log-outputs | default | default (standard error), stdout, stderr or files, separated by commas.
            ~ logger | zap | Etcd's logger; lines have its shape.
            = enable-log-rotation | false | Rotate the one file among the outputs.
            = log-rotation-config-json | {"maxsize": 100, "maxage": 0, "maxbackups": 0, "localtime": false, "compress": false} | Size (MiB), age (days) and number; 0 for no limit.
            ~ log-package-levels | | Levels for packages, of etcd 3.4.
            ~ debug | false | Debug logging, of etcd 3.4.
            = warning-unary-request-duration | 300ms | Calls with one answer that take longer are logged.
            = warning-apply-duration | 100ms | Changes that take longer to apply are logged, and slower reads.
            Security
            = cert-file | | PEM file with the certificate for clients.
            = key-file | | PEM file with its key.
            = trusted-ca-file | | PEM file with authorities; clients must show a certificate of theirs.
            = client-cert-auth | false | Clients must show a certificate.
            = client-cert-file | | Certificate for own client connections; only checked, there are none.
            = client-key-file | | Its key.
            = client-crl-file | | Revoked client certificates (CRL).
            = client-cert-allowed-hostname | | Host names, one of which clients' certificates have.
            = auto-tls | false | Make a certificate for clients in the data directory.
            = peer-cert-file | | PEM file with the certificate for members.
            = peer-key-file | | PEM file with its key.
            = peer-trusted-ca-file | | PEM file with the authorities of members' certificates.
            = peer-client-cert-auth | false | Members must show a certificate.
            = peer-client-cert-file | | Certificate shown to other members in place of the one above.
            = peer-client-key-file | | Its key.
            = peer-crl-file | | Revoked member certificates (CRL).
            = peer-cert-allowed-cn | | Common names, one of which members' certificates have.
            = peer-cert-allowed-hostname | | Host names, one of which members' certificates have.
            = peer-auto-tls | false | Make a certificate for members in the data directory; checks nobody.
            = peer-skip-client-san-verification | false | Members may come from addresses not in their certificates.
            = self-signed-cert-validity | 1 | Years for which self-made certificates are valid.
            = cipher-suites | | Cipher suites of TLS 1.2, by Go's names; empty means the usual ones.
            = tls-min-version | TLS1.2 | Lowest TLS version: TLS1.2 or TLS1.3.
            = tls-max-version | | Highest TLS version: TLS1.2 or TLS1.3.
            = cors | * | Origins that browsers may come from.
            = host-whitelist | * | Host names that HTTP clients may use.
            = auth-token | simple | Kind of tokens: simple, or jwt,sign-method=RS256,priv-key=FILE,pub-key=FILE,ttl=5m.
            = auth-token-ttl | 300 | Seconds that a simple token lives after its last use; 0 means 300.
            = bcrypt-cost | 10 | Cost of hashing a password, 4 to 31.
            REST
            = listen-rest-urls | | Serves the REST API here; https shows the certificate for clients.
            MySQL
            = mysql-listen-address | | Serves the MySQL protocol at this host:port; empty for nowhere.
            = mysql-username | root | Who may log in there while auth is off.
            = mysql-password | | The password of that user.
            = mysql-max-connections | 1000 | Connections there may be.
            = mysql-max-allowed-packet | 67108864 | Bytes of the longest packet that is taken.
            = mysql-wait-timeout | 8h | Quiet after which a connection ends.
            = mysql-require-secure-transport | false | Nobody logs in without TLS.
            Monitoring
            = listen-metrics-urls | | Serves metrics and health here too.
            = metrics | basic | How much is measured: basic, or extensive (also how long calls of each method take).
            ~ enable-pprof | false | Profiles of a Go program.
            = enable-grpc-gateway | true | JSON over HTTP.
            = enable-distributed-tracing | false | Send traces of clients' calls to a collector (OTLP over gRPC, without TLS).
            = distributed-tracing-address | localhost:4317 | The collector, as host:port.
            = distributed-tracing-service-name | etcd | Name of the service in traces.
            = distributed-tracing-instance-id | | Name of this member in traces, unique in the service.
            = distributed-tracing-sampling-rate | 0 | Traces kept of a million; what a client says of its own calls counts first.
            = corrupt-check-time | 0s | Time between two comparisons of all members' data; 0s for never.
            = compact-hash-check-time | 1m | Time between two comparisons of compacted data.
            Accepted for etcd's sake
            = feature-gates | | InitialCorruptCheck=true,CompactHashCheck=true; others have no effect here.
            ~ unsafe-no-fsync | false | Acknowledge before the disk did; never done here.
            ~ max-snapshots | 5 | Files of etcd.
            ~ max-wals | 5 | Files of etcd.
            ~ backend-bbolt-freelist-type | map | Database of etcd.
            ~ backend-batch-interval | 0s | Database of etcd.
            ~ backend-batch-limit | 0 | Database of etcd.
            ~ bootstrap-defrag-threshold-megabytes | 0 | Database of etcd.
            ~ memory-mlock | false | Keep etcd's pages in memory.
            ~ v2-deprecation | write-only | Second version of etcd's API.
            ~ enable-v2 | false | Second version of etcd's API.
            ! experimental-enable-v2v3 | | Second version of etcd's API on the third.
            ! proxy | off | Of etcd 3.5 and older: a proxy of the second version of its API.
            ~ proxy-failure-wait | 5000 | Of that proxy.
            ~ proxy-refresh-interval | 30000 | Of that proxy.
            ~ proxy-dial-timeout | 1000 | Of that proxy.
            ~ proxy-write-timeout | 5000 | Of that proxy.
            ~ proxy-read-timeout | 0 | Of that proxy.
            ~ wait-cluster-ready-timeout | 5s | Of etcd 3.5 and 3.6: clients are served once the member is up to date.
            ~ downgrade-check-time | 5s | Time between two looks whether a downgrade has ended.
            = experimental-initial-corrupt-check | false | Feature gate of etcd 3.6 and older.
            = experimental-compact-hash-check-enabled | false | Feature gate of etcd 3.6 and older.
            ~ experimental-enable-lease-checkpoint | false | Feature gate of etcd 3.6 and older; always so here.
            ~ experimental-enable-lease-checkpoint-persist | false | Feature gate of etcd 3.6 and older; always so here.
            ~ experimental-stop-grpc-service-on-defrag | false | Feature gate of etcd 3.6 and older.
            ~ experimental-txn-mode-write-with-shared-buffer | true | Feature gate of etcd 3.6 and older.
            ~ experimental-set-member-localaddr | false | Feature gate of etcd 3.6 and older.
            The original's form, which has --storage, --log-level, --log-format, --cert-file and --key-file too
            + config | configs/metastore.yaml | YAML file with the key server; flags and METASTORE_... variables win over it.
            + member-id | 1 | Number of this member: it is the N-th of --cluster.
            + cluster-id | 1 | Number that tells clusters apart.
            + cluster | http://127.0.0.1:9021 | Peer URLs of all members, url,... or name=url,...
            + join | false | Join a cluster that runs; else found one.
            + grpc-port | 2379 | Port where clients are served, on all addresses.
            + grpc-addr | :2379 | The same with an address.
            + client-urls | | URLs under which clients reach this member.
            + ca-file | | Authorities of clients' certificates, with METASTORE_TLS_REQUIRE_CLIENT_CERT=true.
            + enable-metrics | true | Serve metrics and health on a port of their own.
            + metrics-port | 9090 | That port.
            + port | | Port of the HTTP REST API: not available yet, refused.
            + max-connections | | Limit of connections: not available yet, refused.
            + max-requests | | Limit of concurrent requests: not available yet, refused.
            + max-memory-mb | | Limit of memory: not available yet, refused.
            + enable-object-pool | true | Without effect: buffers are pooled by the libraries.
            + pool-size | 1000 | Without effect: buffers are pooled by the libraries.
            """;

    private final SequencedMap<String, List<Flag>> sections = new LinkedHashMap<>();
    private final Map<String, Flag> byName = new LinkedHashMap<>();

    FlagTable() {
        var section = new ArrayList<Flag>();
        for (var line : TABLE.lines().toList()) {
            if (line.contains("|")) {
                var flag = flag(line);
                section.add(flag);
                byName.put(flag.name(), flag);
            } else {
                section = new ArrayList<>();
                sections.put(line, section);
            }
        }
    }

    SequencedMap<String, List<Flag>> sections() {
        return sections;
    }

    /// By its own name, or with `experimental-` before it, as releases before 3.7 named some.
    Optional<Flag> find(String name) {
        return Optional.ofNullable(byName.get(name)).or(() -> findEtcds(name));
    }

    /// The same without flags of the original's form: neither etcd's files nor its variables have them.
    Optional<Flag> findEtcds(String name) {
        var plain = name.startsWith(EXPERIMENTAL) ? name.substring(EXPERIMENTAL.length()) : name;
        // One name changed in more than its prefix.
        var today = plain.equals("snapshot-catch-up-entries") ? "snapshot-catchup-entries" : plain;
        return Optional.ofNullable(byName.getOrDefault(name, byName.get(today))).filter(FlagTable::isEtcds);
    }

    /// What the name may have been meant to be.
    Optional<String> nearest(String name) {
        return Nearest.to(name, byName.keySet());
    }

    /// The same without flags of the original's form.
    Optional<String> nearestOfEtcds(String name) {
        return Nearest.to(
                name,
                byName.values().stream()
                        .filter(FlagTable::isEtcds)
                        .map(Flag::name)
                        .toList());
    }

    private static boolean isEtcds(Flag flag) {
        return flag.standing() != Flag.Standing.ORIGINAL;
    }

    private static Flag flag(String line) {
        var cells = line.substring(1).split("\\|", 3);
        var standing = switch (line.charAt(0)) {
            case '=' -> Flag.Standing.WORKS;
            case '~' -> Flag.Standing.IGNORED;
            case '!' -> Flag.Standing.NOT_YET;
            case '+' -> Flag.Standing.ORIGINAL;
            default -> throw new IllegalStateException("no mark: " + line);
        };
        return new Flag(cells[0].strip(), cells[1].strip(), standing, cells[2].strip());
    }
}
