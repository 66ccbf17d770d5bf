package io.metastore.server.metrics.member;

import io.metastore.server.metrics.Counter;
import io.metastore.server.metrics.Family;
import io.metastore.server.metrics.Histogram;
import io.metastore.server.metrics.Level;
import io.metastore.server.metrics.Reading;
import io.metastore.server.metrics.Registry;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.raft.RatisConsensus;
import io.metastore.server.raft.metric.RaftMeter;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// Replication: the log, reads, and the other members.
final class RaftMetrics implements RaftMeter {
    private final Registry registry;
    private final String self;
    private final SnapshotMetrics snapshots;
    private final Counter leaderChanges;
    private final Counter lateHeartbeats;
    private final Histogram writes;
    private final Histogram flushes;
    private final Histogram commands;
    private final Family<Counter> skipped;
    private final Family<Counter> slowDisk;
    private final Counter readRounds;
    private final Counter readsFailed;
    private final Counter readsSlow;
    private final Peers peers;

    private record Peers(
            Family<Counter> sent,
            Family<Counter> received,
            Family<Counter> sentFailures,
            Family<Counter> receivedFailures,
            Family<Histogram> roundTrips,
            Family<Level> active,
            Family<Counter> disconnected) {}

    RaftMetrics(Registry registry, MemberId self, SnapshotMetrics snapshots) {
        this.snapshots = snapshots;
        this.registry = registry;
        this.self = self.toString();
        leaderChanges = registry.counter("etcd_server_leader_changes_seen_total");
        lateHeartbeats = registry.counter("etcd_server_heartbeat_send_failures_total");
        writes = registry.histogram("etcd_disk_wal_write_duration_seconds");
        flushes = registry.histogram("etcd_disk_wal_fsync_duration_seconds");
        commands = registry.histogram("metastore_applied_entry_commands");
        skipped = registry.counters("metastore_applied_entries_skipped_total");
        slowDisk = registry.counters("metastore_disk_slow_operations_total");
        List.of("log", "checkpoint").forEach(slowDisk::with);
        readRounds = registry.counter("metastore_read_rounds_total");
        readsFailed = registry.counter("etcd_server_read_indexes_failed_total");
        readsSlow = registry.counter("etcd_server_slow_read_indexes_total");
        peers = new Peers(
                registry.counters("etcd_network_peer_sent_bytes_total"),
                registry.counters("etcd_network_peer_received_bytes_total"),
                registry.counters("etcd_network_peer_sent_failures_total"),
                registry.counters("etcd_network_peer_received_failures_total"),
                registry.histograms("etcd_network_peer_round_trip_time_seconds"),
                registry.levels("etcd_network_active_peers"),
                registry.counters("etcd_network_disconnected_peers_total"));
    }

    /// Shows what can be looked up of it.
    void show(RatisConsensus consensus) {
        registry.read("etcd_server_snapshot_apply_in_progress_total", () -> consensus.isInstalling() ? 1 : 0);
        registry.read("etcd_disk_wal_write_bytes_total", consensus::logBytes);
        registry.readEach(
                "metastore_watchdog_firings_total",
                () -> consensus.watchdogFirings().entrySet().stream()
                        .map(each -> Reading.of((double) each.getValue(), each.getKey())));
        registry.readEach(
                "metastore_peer_lag_entries",
                () -> consensus.peerLags().entrySet().stream()
                        .map(each -> Reading.of((double) each.getValue(), each.getKey())));
        registry.readEach(
                "metastore_peer_trouble",
                () -> consensus.peerTroubles().stream()
                        .map(each -> Reading.of(1, each.member(), each.reason().label())));
        registry.readEach(
                "metastore_witness_retained_log_bytes",
                () -> consensus.retainedLog().stream().map(log -> Reading.of((double) log.bytes())));
        registry.readEach(
                "metastore_witness_retained_log_entries",
                () -> consensus.retainedLog().stream().map(log -> Reading.of((double) log.entries())));
        // As in etcd, this member is one of them.
        registry.readEach(
                "etcd_network_known_peers",
                () -> consensus.members().stream().map(Member::id).map(id -> Reading.of(1, self, id.toString())));
    }

    @Override
    public void leaderChanged() {
        leaderChanges.increment();
    }

    @Override
    public void heartbeatLate() {
        lateHeartbeats.increment();
    }

    @Override
    public void written(long nanos) {
        writes.observe(nanos);
    }

    @Override
    public void flushed(long nanos) {
        flushes.observe(nanos);
    }

    @Override
    public void saved(long nanos) {
        snapshots.saved(nanos);
    }

    @Override
    public void diskSlow(String operation) {
        slowDisk.with(operation).increment();
    }

    @Override
    public void received(long nanos, long flushNanos) {
        snapshots.received(nanos, flushNanos);
    }

    @Override
    public void applied(int count) {
        commands.observe(count);
    }

    @Override
    public void skipped(String cause) {
        skipped.with(cause).increment();
    }

    @Override
    public void readAsked() {
        readRounds.increment();
    }

    @Override
    public void readFailed() {
        readsFailed.increment();
    }

    @Override
    public void readSlow() {
        readsSlow.increment();
    }

    @Override
    public Peer peer(String member) {
        return new PeerMetrics(peers, snapshots, self, member);
    }

    /// Whole states to one member, and from it.
    private record States(SnapshotMetrics.Line to, SnapshotMetrics.Line from) {}

    /// What is counted is shown from 0 on, so that the first failure is seen as a change.
    private static final class PeerMetrics implements Peer {
        private final SnapshotMetrics snapshots;
        private final States states;
        private final Counter sent;
        private final Counter received;
        private final Counter sentFailures;
        private final Counter receivedFailures;
        private final Histogram roundTrips;
        private final Level active;
        private final Counter disconnected;
        private final AtomicBoolean connected = new AtomicBoolean();

        PeerMetrics(Peers peers, SnapshotMetrics snapshots, String self, String member) {
            this.snapshots = snapshots;
            states = new States(snapshots.to(member), snapshots.from(member));
            sent = peers.sent().with(member);
            received = peers.received().with(member);
            sentFailures = peers.sentFailures().with(member);
            receivedFailures = peers.receivedFailures().with(member);
            roundTrips = peers.roundTrips().with(member);
            active = peers.active().with(self, member);
            disconnected = peers.disconnected().with(self, member);
        }

        @Override
        public void sent(long bytes) {
            sent.add(bytes);
        }

        @Override
        public void received(long bytes) {
            received.add(bytes);
        }

        @Override
        public void sendFailed() {
            sentFailures.increment();
        }

        @Override
        public void receiveFailed() {
            receivedFailures.increment();
        }

        @Override
        public void answered(long nanos) {
            roundTrips.observe(nanos);
            connected.set(true);
            active.set(1);
        }

        @Override
        public void silent() {
            if (connected.getAndSet(false)) {
                disconnected.increment();
            }
            active.set(0);
        }

        @Override
        public Transfer sending() {
            return snapshots.reading(states.to().begin());
        }

        @Override
        public Transfer receiving() {
            return states.from().begin();
        }
    }
}
