package io.metastore.server.metrics.member;

import io.metastore.server.apply.CommandListener;
import io.metastore.server.metrics.Counter;
import io.metastore.server.metrics.Histogram;
import io.metastore.server.metrics.Registry;
import io.metastore.server.request.AuthCommand;
import io.metastore.server.request.Command;
import io.metastore.server.request.DeleteRange;
import io.metastore.server.request.MemberCommand;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Put;
import io.metastore.server.request.Txn;
import io.metastore.server.request.VersionCommand;
import java.util.EnumMap;
import java.util.Map;

/// Changes as they are applied. One look at the clock for each.
final class ApplyMetrics implements CommandListener {
    private final Map<ChangeKind, Timings> timings = new EnumMap<>(ChangeKind.class);
    private final Histogram commits;
    private final StoreMetrics store;
    private final Counter granted;
    private final Counter revoked;
    private final Histogram ttls;
    private final SlowRequests slow;

    /// When the last command ended, or the entry began. For the applying thread.
    private long sinceNanos;

    ApplyMetrics(Registry registry, StoreMetrics store, SlowRequests slow) {
        this.store = store;
        this.slow = slow;
        var family = registry.histograms("etcd_server_apply_duration_seconds");
        for (var kind : ChangeKind.values()) {
            timings.put(
                    kind,
                    new Timings(
                            () -> family.with(kind.text(), "true", "v3"),
                            () -> family.with(kind.text(), "false", "v3")));
        }
        commits = registry.histogram("etcd_disk_backend_commit_duration_seconds");
        granted = registry.counter("etcd_debugging_lease_granted_total");
        revoked = registry.counter("etcd_debugging_lease_revoked_total");
        ttls = registry.histogram("etcd_debugging_lease_ttl_total");
    }

    @Override
    public void begun() {
        sinceNanos = System.nanoTime();
    }

    @Override
    public void applied(Command command, Outcome outcome) {
        long now = System.nanoTime();
        long took = now - sinceNanos;
        sinceNanos = now;
        var timing = timings.get(ChangeKind.of(command));
        if (timing != null) {
            timing.observe(outcome, took);
        }
        if (outcome instanceof Outcome.Done) {
            count(command, outcome);
        }
        slow.applied(command, outcome, took);
    }

    private void count(Command command, Outcome outcome) {
        switch (command) {
            case Put put -> store.changed(put);
            case DeleteRange delete -> store.changed(delete);
            case Txn txn -> store.changed(txn, outcome);
            case Command.OnBehalf(var _, var inner) -> count(inner, outcome);
            case Command.GrantLease grant -> {
                granted.increment();
                ttls.observe(grant.ttlSeconds());
            }
            case Command.RevokeLease _ -> revoked.increment();
            case Command.Compact _, Command.CheckpointLeases _, Command.SetAlarm _ -> {}
            case Command.PublishMember _, Command.ConfirmOrigin _ -> {}
            case AuthCommand _, MemberCommand _, VersionCommand _ -> {}
        }
    }

    @Override
    public void committing() {
        sinceNanos = System.nanoTime();
    }

    @Override
    public void committed() {
        sinceNanos = commits.observeSince(sinceNanos);
    }
}
