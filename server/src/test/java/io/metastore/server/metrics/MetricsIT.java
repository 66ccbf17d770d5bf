package io.metastore.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import etcdserverpb.AlarmRequest;
import etcdserverpb.AlarmRequest.AlarmAction;
import etcdserverpb.AlarmType;
import etcdserverpb.DeleteRangeRequest;
import etcdserverpb.KVGrpc;
import etcdserverpb.LeaseGrantRequest;
import etcdserverpb.LeaseGrpc;
import etcdserverpb.MaintenanceGrpc;
import etcdserverpb.PutRequest;
import etcdserverpb.RangeRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import io.metastore.server.fault.ClusterProcesses;
import io.metastore.server.process.ServerProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Three members, a small workload, and what they tell of it.
class MetricsIT {
    /// What etcd has and this server has not, since nothing here is of the kind. See docs/metrics.md.
    private static final Set<String> ABSENT = Set.of(
            "etcd_debugging_store_reads_total",
            "etcd_debugging_store_writes_total",
            "go_gc_gogc_percent",
            "go_memstats_buck_hash_sys_bytes",
            "go_memstats_frees_total",
            "go_memstats_gc_sys_bytes",
            "go_memstats_heap_objects",
            "go_memstats_heap_released_bytes",
            "go_memstats_mallocs_total",
            "go_memstats_mcache_inuse_bytes",
            "go_memstats_mcache_sys_bytes",
            "go_memstats_mspan_inuse_bytes",
            "go_memstats_mspan_sys_bytes",
            "go_memstats_stack_inuse_bytes",
            "go_memstats_stack_sys_bytes");

    /// What etcd shows from the first failure on, and this server from the start.
    private static final Set<String> OF_FAILURES = Set.of(
            "etcd_network_peer_received_failures_total",
            "etcd_network_server_stream_failures_total",
            "etcd_network_snapshot_receive_failures",
            "etcd_network_snapshot_send_failures");

    /// What the alerts and the dashboard of etcd's mixin ask for, and with which labels. `up` is the scraper's.
    private static final List<String> OF_MIXIN = List.of(
            "etcd_server_has_leader",
            "etcd_server_leader_changes_seen_total",
            "etcd_server_proposals_failed_total",
            "etcd_server_proposals_pending",
            "etcd_server_proposals_committed_total",
            "etcd_server_proposals_applied_total",
            "etcd_server_quota_backend_bytes",
            "etcd_disk_wal_fsync_duration_seconds_bucket{le}",
            "etcd_disk_backend_commit_duration_seconds_bucket{le}",
            "etcd_mvcc_db_total_size_in_bytes",
            "etcd_mvcc_db_total_size_in_use_in_bytes",
            "etcd_network_client_grpc_received_bytes_total",
            "etcd_network_client_grpc_sent_bytes_total",
            "etcd_network_peer_received_bytes_total{From}",
            "etcd_network_peer_sent_bytes_total{To}",
            "etcd_network_peer_sent_failures_total{To}",
            "etcd_network_peer_round_trip_time_seconds_bucket{To,le}",
            "grpc_server_handled_total{grpc_code,grpc_method,grpc_service,grpc_type}",
            "grpc_server_started_total{grpc_method,grpc_service,grpc_type}",
            "grpc_server_handling_seconds_bucket{grpc_method,grpc_service,grpc_type,le}",
            "process_resident_memory_bytes");

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static ClusterProcesses cluster;
    private static ManagedChannel channel;

    @BeforeAll
    static void aClusterWithSomethingToTell() {
        cluster = ClusterProcesses.start(
                ServerProgram.underTest(),
                3,
                List.of(
                        "--metrics=extensive",
                        "--warning-apply-duration=1ns",
                        "--experimental-warning-unary-request-duration=1ns"));
        channel = ManagedChannelBuilder.forTarget(endpoint(0)).usePlaintext().build();
        var kv = KVGrpc.newBlockingStub(channel);
        kv.put(PutRequest.newBuilder()
                .setKey(bytes("a"))
                .setValue(bytes("12345"))
                .build());
        kv.put(PutRequest.newBuilder().setKey(bytes("b")).setValue(bytes("1")).build());
        kv.range(RangeRequest.newBuilder().setKey(bytes("a")).build());
        kv.deleteRange(DeleteRangeRequest.newBuilder().setKey(bytes("a")).build());
        refusedRange(kv);
        LeaseGrpc.newBlockingStub(channel)
                .leaseGrant(LeaseGrantRequest.newBuilder().setTTL(100).build());
        get(0, "/health");
        get(0, "/readyz");
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            for (int i = 0; i < 3; i++) {
                assertThat(samples(i))
                        .containsEntry("etcd_mvcc_delete_total", 1.0)
                        .containsEntry("etcd_debugging_lease_granted_total", 1.0)
                        .containsEntry("etcd_network_active_peers" + peerLabels(i, 1), 1.0)
                        .containsEntry("etcd_network_active_peers" + peerLabels(i, 2), 1.0);
            }
        });
    }

    @AfterAll
    static void end() {
        channel.shutdownNow();
        cluster.close();
    }

    @Test
    void everyMetricOfEtcdIsThereWithItsKindLabelsAndBuckets() {
        MaintenanceGrpc.newBlockingStub(channel)
                .alarm(AlarmRequest.newBuilder()
                        .setAction(AlarmAction.ACTIVATE)
                        .setAlarm(AlarmType.NOSPACE)
                        .setMemberID(1)
                        .build());
        var ours = PageShape.of(List.of(page(0), page(1), page(2))).lines();
        var etcds = PageShape.ofEtcd().lines();

        var wanted = new TreeMap<>(etcds);
        wanted.keySet().removeAll(ABSENT);
        assertThat(ours).containsAllEntriesOf(wanted);
        assertThat(ours.keySet()).as("what is said to be absent").doesNotContainAnyElementsOf(ABSENT);
        assertThat(ours.keySet())
                .as("what etcd has not")
                .allMatch(
                        name -> etcds.containsKey(name) || name.startsWith("metastore_") || OF_FAILURES.contains(name));
    }

    @Test
    void theMixinFindsWhatItAsksFor() {
        for (int i = 0; i < 3; i++) {
            var shapes = new ArrayList<String>();
            samples(i).keySet().forEach(sample -> shapes.add(sample.replaceAll("=\"[^\"]*\"", "")));

            assertThat(shapes).as("member " + i).containsAll(OF_MIXIN);
        }
    }

    @Test
    void callsAreCountedOnTheMemberThatServesThem() {
        var samples = samples(0);

        assertThat(samples)
                .containsEntry(handled("OK", "Put"), 2.0)
                .containsEntry(handled("OK", "Range"), 1.0)
                .containsEntry(handled("OutOfRange", "Range"), 1.0)
                .containsEntry(handled("Internal", "Range"), 0.0)
                .containsEntry("etcd_server_health_success", 1.0)
                .containsEntry("etcd_server_healthcheck{name=\"linearizable_read\",type=\"readyz\"}", 1.0);
        assertThat(samples.get("etcd_network_client_grpc_received_bytes_total")).isGreaterThan(20);
        assertThat(samples(1)).containsEntry(handled("OK", "Put"), 0.0);
    }

    @Test
    void eachMethodHasASeriesForEachCodeFromTheStart() {
        var names = samples(1).keySet();
        long methods = names.stream()
                .filter(name -> name.startsWith("grpc_server_started_total"))
                .count();

        assertThat(methods).isGreaterThanOrEqualTo(38);
        assertThat(names.stream().filter(name -> name.startsWith("grpc_server_handled_total")))
                .hasSize((int) methods * 17);
    }

    @Test
    void slowRequestsAreLoggedInTheWordsOfEtcd() throws IOException {
        var log = Files.readString(
                cluster.folder().resolve(cluster.members().getFirst().name() + ".log"));

        assertThat(log.lines())
                .anyMatch(line -> line.contains("\"msg\":\"apply request took too long\",\"took\":\"")
                        && line.endsWith("\"expected-duration\":\"1ns\",\"prefix\":\"\","
                                + "\"request\":\"put:<key:\\\"a\\\" value_size:5 >\",\"response\":\"\"}"))
                .anyMatch(line -> line.contains("\"prefix\":\"read-only range \",\"request\":\"key:\\\"a\\\"\","
                        + "\"response\":\"range_response_count:1\""))
                .anyMatch(line -> line.contains("\"msg\":\"request stats\",\"start time\":\"")
                        && line.contains("\"response type\":\"/etcdserverpb.KV/Put\",\"request count\":1,"
                                + "\"request size\":10,\"response count\":0,\"response size\":")
                        && line.endsWith(",\"request content\":\"key:\\\"a\\\" value_size:5 \"}"));
    }

    @Test
    void changesAreCountedOnEveryMember() {
        for (int i = 0; i < 3; i++) {
            assertThat(samples(i))
                    .as("member " + i)
                    .containsEntry("etcd_mvcc_put_total", 2.0)
                    .containsEntry("etcd_debugging_mvcc_total_put_size_in_bytes", 8.0)
                    .containsEntry("etcd_debugging_lease_granted_total", 1.0)
                    .containsEntry("etcd_server_has_leader", 1.0)
                    .hasEntrySatisfying("etcd_server_leader_changes_seen_total", MetricsIT::positive)
                    .containsEntry("etcd_debugging_mvcc_keys_total", 1.0)
                    .containsEntry("etcd_debugging_mvcc_pending_events_total", 0.0)
                    .hasEntrySatisfying("etcd_disk_wal_write_bytes_total", MetricsIT::positive)
                    .hasEntrySatisfying("go_memstats_next_gc_bytes", MetricsIT::positive)
                    .hasEntrySatisfying("etcd_disk_wal_fsync_duration_seconds_count", MetricsIT::positive)
                    .hasEntrySatisfying("etcd_disk_wal_write_duration_seconds_count", MetricsIT::positive)
                    .hasEntrySatisfying("etcd_disk_backend_commit_duration_seconds_count", MetricsIT::positive)
                    .hasEntrySatisfying("process_resident_memory_bytes", MetricsIT::positive);
        }
        assertThat(List.of(0, 1, 2))
                .satisfiesOnlyOnce(i -> assertThat(samples(i)).containsEntry("etcd_server_is_leader", 1.0));
    }

    @Test
    void membersMeasureEachOther() {
        for (int i = 0; i < 3; i++) {
            var samples = samples(i);
            for (var name : List.of(
                    "etcd_network_peer_sent_bytes_total{To",
                    "etcd_network_peer_received_bytes_total{From",
                    "etcd_network_peer_round_trip_time_seconds_count{To")) {
                var values = samples.entrySet().stream()
                        .filter(sample -> sample.getKey().startsWith(name))
                        .map(Map.Entry::getValue)
                        .toList();
                assertThat(values).as(name).hasSize(2).allSatisfy(MetricsIT::positive);
            }
        }
    }

    private static void positive(double value) {
        assertThat(value).isPositive();
    }

    private static void refusedRange(KVGrpc.KVBlockingStub kv) {
        try {
            var answer = kv.range(RangeRequest.newBuilder()
                    .setKey(bytes("a"))
                    .setRevision(1000)
                    .build());
            throw new AssertionError("read from the future: " + answer);
        } catch (StatusRuntimeException e) {
            assertThat(e).hasMessageContaining("future revision");
        }
    }

    private static String handled(String code, String method) {
        return "grpc_server_handled_total{grpc_code=\"" + code + "\",grpc_method=\"" + method
                + "\",grpc_service=\"etcdserverpb.KV\",grpc_type=\"unary\"}";
    }

    private static String peerLabels(int member, int next) {
        return "{Local=\"" + id(member) + "\",Remote=\"" + id((member + next) % 3) + "\"}";
    }

    private static String id(int member) {
        return samples(member).keySet().stream()
                .filter(name -> name.startsWith("etcd_server_id"))
                .map(name -> name.replaceAll(".*\"(.*)\".*", "$1"))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Double> samples(int member) {
        var samples = new TreeMap<String, Double>();
        page(member).lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int end = line.lastIndexOf(' ');
            samples.put(
                    line.substring(0, end),
                    Double.parseDouble(line.substring(end + 1).replace("Inf", "Infinity")));
        });
        return samples;
    }

    private static String page(int member) {
        var response = get(member, "/metrics");
        assertThat(response.headers().firstValue("content-type"))
                .hasValue("text/plain; version=0.0.4; charset=utf-8; escaping=underscores");
        return response.body();
    }

    private static HttpResponse<String> get(int member, String path) {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://" + endpoint(member) + path))
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String endpoint(int member) {
        return cluster.members().get(member).endpoint();
    }

    private static ByteString bytes(String text) {
        return ByteString.copyFromUtf8(text);
    }
}
