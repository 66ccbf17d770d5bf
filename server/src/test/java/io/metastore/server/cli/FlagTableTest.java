package io.metastore.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlagTableTest {
    private final FlagTable table = new FlagTable();

    /// What `etcd --help` of 3.7.1 lists.
    private static final String ETCD_FLAGS = """
            name data-dir wal-dir snapshot-count heartbeat-interval election-timeout initial-election-tick-advance
            listen-peer-urls listen-client-urls listen-client-http-urls max-snapshots max-wals memory-mlock
            quota-backend-bytes backend-bbolt-freelist-type backend-batch-interval backend-batch-limit max-txn-ops
            max-request-bytes max-concurrent-streams grpc-keepalive-min-time grpc-keepalive-interval
            grpc-keepalive-timeout socket-reuse-port socket-reuse-address enable-grpc-gateway raft-read-timeout
            raft-write-timeout feature-gates initial-advertise-peer-urls initial-cluster initial-cluster-state
            initial-cluster-token advertise-client-urls discovery-token discovery-endpoints
            discovery-dial-timeout discovery-request-timeout discovery-keepalive-time discovery-keepalive-timeout
            discovery-insecure-transport discovery-insecure-skip-tls-verify discovery-cert discovery-key
            discovery-cacert discovery-user discovery-password discovery-fallback discovery-srv
            discovery-srv-name strict-reconfig-check pre-vote auto-compaction-retention auto-compaction-mode
            v2-deprecation cert-file key-file client-cert-auth client-cert-file client-key-file client-crl-file
            client-cert-allowed-hostname trusted-ca-file auto-tls peer-cert-file peer-key-file
            peer-client-cert-auth peer-client-cert-file peer-client-key-file peer-trusted-ca-file
            peer-cert-allowed-cn peer-cert-allowed-hostname peer-auto-tls self-signed-cert-validity peer-crl-file
            cipher-suites cors host-whitelist tls-min-version tls-max-version auth-token bcrypt-cost
            auth-token-ttl enable-pprof metrics listen-metrics-urls logger log-outputs log-level log-format
            enable-log-rotation log-rotation-config-json warning-unary-request-duration
            enable-distributed-tracing distributed-tracing-address distributed-tracing-service-name
            distributed-tracing-instance-id distributed-tracing-sampling-rate corrupt-check-time
            compact-hash-check-time compaction-batch-limit peer-skip-client-san-verification
            watch-progress-notify-interval warning-apply-duration bootstrap-defrag-threshold-megabytes
            max-learners compaction-sleep-interval downgrade-check-time snapshot-catchup-entries
            force-new-cluster unsafe-no-fsync config-file
            """;

    @Test
    void everyFlagOfEtcdIsKnown() {
        assertThat(Stream.of(ETCD_FLAGS.strip().split("\\s+", -1)))
                .allSatisfy(name -> assertThat(table.find(name)).isPresent());
    }

    /// As `etcd` 3.7.1 has it: "flag provided but not defined".
    @ParameterizedTest
    @ValueSource(strings = {"discovery", "discovery-proxy"})
    void discoveryOfTheSecondVersionIsGone(String name) {
        assertThat(table.find(name)).isEmpty();
    }

    /// What manifests for etcd 3.4 to 3.6 may hold.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "enable-v2",
                "experimental-enable-v2v3",
                "debug",
                "log-package-levels",
                "proxy",
                "proxy-failure-wait",
                "proxy-refresh-interval",
                "proxy-dial-timeout",
                "proxy-write-timeout",
                "proxy-read-timeout",
                "experimental-backend-bbolt-freelist-type",
                "experimental-bootstrap-defrag-threshold-megabytes",
                "experimental-compact-hash-check-enabled",
                "experimental-compact-hash-check-time",
                "experimental-compaction-batch-limit",
                "experimental-compaction-sleep-interval",
                "experimental-corrupt-check-time",
                "experimental-distributed-tracing-address",
                "experimental-distributed-tracing-instance-id",
                "experimental-distributed-tracing-sampling-rate",
                "experimental-distributed-tracing-service-name",
                "experimental-downgrade-check-time",
                "experimental-enable-distributed-tracing",
                "experimental-enable-lease-checkpoint",
                "experimental-enable-lease-checkpoint-persist",
                "experimental-initial-corrupt-check",
                "experimental-max-learners",
                "experimental-memory-mlock",
                "experimental-peer-skip-client-san-verification",
                "experimental-set-member-localaddr",
                "experimental-snapshot-catchup-entries",
                "experimental-stop-grpc-service-on-defrag",
                "experimental-txn-mode-write-with-shared-buffer",
                "experimental-wait-cluster-ready-timeout",
                "experimental-warning-apply-duration",
                "experimental-warning-unary-request-duration",
                "experimental-watch-progress-notify-interval"
            })
    void flagsOfOlderReleasesAreKnown(String name) {
        assertThat(table.find(name)).isPresent();
    }

    @Test
    void everyFlagHasANameAndAMeaningOnce() {
        var flags = table.sections().values().stream().flatMap(List::stream).toList();

        assertThat(flags).extracting(Flag::name).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z0-9-]+"));
        assertThat(flags).extracting(Flag::meaning).allMatch(meaning -> meaning.endsWith("."));
    }

    @ParameterizedTest
    @CsvSource({
        "data_dir, data-dir",
        "datadir, data-dir",
        "listen-client-url, listen-client-urls",
        "nmae, name",
        "initial-clster, initial-cluster"
    })
    void theNearestFlagIsFound(String mistyped, String meant) {
        assertThat(table.nearest(mistyped)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"x", "frobnicate", "''"})
    void nothingIsNearToNonsense(String mistyped) {
        assertThat(table.nearest(mistyped)).isEmpty();
    }
}
