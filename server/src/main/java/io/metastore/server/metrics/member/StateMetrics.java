package io.metastore.server.metrics.member;

import io.metastore.server.grpc.http.HealthPage;
import io.metastore.server.grpc.http.Versions;
import io.metastore.server.metrics.Reading;
import io.metastore.server.metrics.Registry;
import io.metastore.server.node.Node;
import io.metastore.server.node.NodeParts;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;

/// What can be seen of a member's state at any moment.
final class StateMetrics {
    private final Registry registry;
    private final Node node;
    private final NodeParts parts;

    StateMetrics(Registry registry, Node node, NodeParts parts) {
        this.registry = registry;
        this.node = node;
        this.parts = parts;
    }

    void show() {
        about();
        agreement();
        store();
        watches();
    }

    private void about() {
        var self = node.state().self().toString();
        registry.readEach("etcd_server_id", () -> Stream.of(Reading.of(1, self)));
        registry.readEach("etcd_server_version", () -> Stream.of(Reading.of(1, Versions.SERVER)));
        var seen = new ConcurrentSkipListSet<String>();
        registry.readEach("etcd_cluster_version", () -> {
            var now = node.downgrades().version().release().toString();
            seen.add(now);
            return seen.stream().map(release -> Reading.of(number(release.equals(now)), release));
        });
        registry.readEach(
                "etcd_debugging_server_alarms",
                () -> node.alarms().stream()
                        .map(alarm -> Reading.of(
                                1, HealthPage.name(alarm), alarm.member().toString())));
    }

    private void agreement() {
        registry.read("etcd_server_has_leader", () -> number(node.state().hasLeader()));
        registry.read("etcd_server_is_leader", () -> number(node.state().isLeader()));
        registry.read("etcd_server_is_learner", () -> number(node.isLearner()));
        registry.read(
                "etcd_server_proposals_committed_total", () -> node.state().commitIndex());
        registry.read("etcd_server_proposals_applied_total", () -> node.state().appliedIndex());
        registry.read("metastore_raft_term", () -> node.state().term());
    }

    private void store() {
        var state = parts.state();
        registry.read(
                "etcd_server_quota_backend_bytes",
                () -> Math.max(0, node.limits().requests().quotaBytes()));
        registry.read("etcd_mvcc_db_total_size_in_bytes", () -> node.status().dbSize());
        registry.read(
                "etcd_mvcc_db_total_size_in_use_in_bytes", () -> node.status().dbSizeInUse());
        registry.read(
                "etcd_debugging_mvcc_current_revision", () -> state.store().revision());
        registry.read(
                "etcd_debugging_mvcc_compact_revision", () -> state.store().compactedRevision());
        registry.read(
                "etcd_debugging_mvcc_db_compaction_keys_total",
                () -> state.store().compaction().removedChanges());
        registry.read("etcd_debugging_mvcc_keys_total", () -> state.store().keys());
        registry.read("etcd_debugging_auth_revision", () -> state.auth().state().revision());
    }

    private void watches() {
        var watches = parts.watches();
        registry.read(
                "etcd_debugging_mvcc_watch_stream_total", () -> watches.load().streams());
        registry.read("etcd_debugging_mvcc_watcher_total", () -> watches.load().watchers());
        registry.read(
                "etcd_debugging_mvcc_slow_watcher_total", () -> watches.load().behind());
        registry.read("etcd_debugging_mvcc_events_total", () -> watches.told());
        registry.read(
                "etcd_debugging_mvcc_pending_events_total", () -> watches.load().waitingEvents());
        registry.read("metastore_watch_held_bytes", () -> watches.load().heldBytes());
    }

    private static double number(boolean truth) {
        return truth ? 1 : 0;
    }
}
