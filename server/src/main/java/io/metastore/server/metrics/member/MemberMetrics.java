package io.metastore.server.metrics.member;

import io.metastore.server.apply.CommandListener;
import io.metastore.server.config.ServerConfig;
import io.metastore.server.consensus.LeaseClock;
import io.metastore.server.grpc.Telemetry;
import io.metastore.server.metrics.Counter;
import io.metastore.server.metrics.Family;
import io.metastore.server.metrics.Level;
import io.metastore.server.metrics.Registry;
import io.metastore.server.model.MemberId;
import io.metastore.server.node.Node;
import io.metastore.server.node.NodeParts;
import io.metastore.server.node.RequestMeter;
import io.metastore.server.node.StateFile;
import io.metastore.server.raft.RatisConsensus;
import io.metastore.server.raft.metric.RaftMeter;
import io.metastore.server.trace.Tracing;
import io.metastore.server.upkeep.CompactionMeter;
import io.metastore.server.watch.WatchMeter;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/// All metrics of one member. It is made before the member's parts, which tell it what happens.
public final class MemberMetrics {
    private final Registry registry = Registry.ofMember();
    private final CallMetrics calls;
    private final ProbeMetrics probes;
    private final Duration slowCalls;
    private final ApplyMetrics applied;
    private final RequestMetrics requests;
    private final RaftMetrics raft;
    private final LeaseMetrics leases;
    private final CompactionMetrics compactions;
    private final SnapshotMetrics snapshots;
    private final WatchMetrics watches;
    private final Family<Counter> pages;
    private final Level pagesInFlight;

    /// Nothing of the member's state is shown yet.
    public MemberMetrics(ServerConfig settings, MemberId self) {
        var config = settings.monitoring();
        Features.show(registry, settings.corruption());
        calls = new CallMetrics(registry, config.extensive());
        var store = new StoreMetrics(registry);
        var slow = new SlowRequests(registry, config.slowApply());
        applied = new ApplyMetrics(registry, store, slow);
        requests = new RequestMetrics(registry, store, slow);
        snapshots = new SnapshotMetrics(registry);
        watches = new WatchMetrics(registry);
        raft = new RaftMetrics(registry, self, snapshots);
        leases = new LeaseMetrics(registry);
        compactions = new CompactionMetrics(registry);
        slowCalls = config.slowRequest();
        probes = new ProbeMetrics(registry);
        pages = registry.counters("promhttp_metric_handler_requests_total");
        pagesInFlight = registry.level("promhttp_metric_handler_requests_in_flight");
        pages.with("200");
        pages.with("500");
        pages.with("503");
        new ProcessMetrics(registry).show();
        neverHere();
    }

    /// The series that etcd has from the start for what does not occur in this server.
    private void neverHere() {
        for (var part : new String[] {"rebalance", "spill", "write"}) {
            registry.histogram("etcd_debugging_disk_backend_commit_" + part + "_duration_seconds");
        }
        registry.counter("etcd_debugging_store_expires_total");
        registry.counter("etcd_debugging_store_watch_requests_total");
        registry.level("etcd_debugging_store_watchers");
        registry.level("etcd_grpc_proxy_cache_hits_total");
        registry.level("etcd_grpc_proxy_cache_keys_total");
        registry.level("etcd_grpc_proxy_cache_misses_total");
        registry.counter("etcd_grpc_proxy_events_coalescing_total");
        registry.level("etcd_grpc_proxy_watchers_coalescing_total");
    }

    /// Shows what can be seen of the member from now on.
    public void watch(Node node, NodeParts parts, RatisConsensus consensus) {
        new StateMetrics(registry, node, parts).show();
        raft.show(consensus);
    }

    /// Hears how changes are applied.
    public CommandListener applied() {
        return applied;
    }

    /// Hears how requests go.
    public RequestMeter requests() {
        return requests;
    }

    /// Hears how replication goes.
    public RaftMeter raft() {
        return raft;
    }

    /// Hears how compactions go.
    public CompactionMeter compactions() {
        return compactions;
    }

    /// Hears how watch streams do.
    public WatchMeter watches() {
        return watches;
    }

    /// Shows how many readers the storage has.
    public void readers(IntSupplier count) {
        registry.read("etcd_mvcc_db_open_read_transactions", count::getAsInt);
    }

    /// The file that is opened; how long it is held is measured.
    public StateFile timed(Supplier<StateFile> opened) {
        return snapshots.timed(opened);
    }

    /// The same clock of leases, with what it does counted.
    public LeaseClock counting(LeaseClock clock) {
        return leases.counting(clock);
    }

    /// Does `work`, which gives space back.
    public void defragmenting(Runnable work) {
        compactions.defragmenting(work);
    }

    /// What the listener of clients tells and shows.
    public Telemetry telemetry(Tracing tracing) {
        return new Telemetry(calls, probes, watches, slowCalls, this::page, tracing);
    }

    private String page() {
        pagesInFlight.add(1);
        try {
            var text = registry.text();
            pages.with("200").increment();
            return text;
        } finally {
            pagesInFlight.add(-1);
        }
    }
}
