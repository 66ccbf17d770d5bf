package io.metastore.server.metrics.member;

import io.metastore.server.grpc.EtcdError;
import io.metastore.server.metrics.Counter;
import io.metastore.server.metrics.Family;
import io.metastore.server.metrics.Histogram;
import io.metastore.server.metrics.Level;
import io.metastore.server.metrics.Registry;
import io.metastore.server.node.RequestMeter;
import io.metastore.server.request.Command;
import io.metastore.server.request.DeleteRange;
import io.metastore.server.request.Operation;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Put;
import io.metastore.server.request.Range;
import io.metastore.server.request.Reason;
import io.metastore.server.request.Txn;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Requests from the door to the answer.
final class RequestMetrics implements RequestMeter {
    /// A change that ended so has not, or not surely, been agreed on.
    private static final Set<Reason> NOT_AGREED = EnumSet.of(
            Reason.NO_LEADER,
            Reason.NOT_LEADER,
            Reason.LEADER_CHANGED,
            Reason.TIMED_OUT,
            Reason.NOT_PROPOSED,
            Reason.TIMED_OUT_LEADER_LOST,
            Reason.TIMED_OUT_CONNECTION_LOST,
            Reason.STOPPED);

    private final Map<ChangeKind, Timings> changes = new EnumMap<>(ChangeKind.class);
    private final Timings rangeRequests;
    private final Timings readOnlyTransactions;
    private final Timings ranges;
    private final Level pending;
    private final Counter failed;
    private final Histogram hashes;
    private final Histogram historyHashes;
    private final Counter promotions;
    private final Family<Counter> refusedPromotions;
    private final StoreMetrics store;
    private final SlowRequests slow;

    RequestMetrics(Registry registry, StoreMetrics store, SlowRequests slow) {
        this.store = store;
        this.slow = slow;
        var requests = registry.histograms("etcd_server_request_duration_seconds");
        for (var kind : ChangeKind.values()) {
            changes.put(kind, timings(requests, kind.text()));
        }
        rangeRequests = timings(requests, "Range");
        readOnlyTransactions = timings(requests, "ReadonlyTxn");
        var evaluations = registry.histograms("etcd_server_range_duration_seconds");
        ranges = new Timings(() -> evaluations.with("true"), () -> evaluations.with("false"));
        pending = registry.level("etcd_server_proposals_pending");
        failed = registry.counter("etcd_server_proposals_failed_total");
        hashes = registry.histogram("etcd_mvcc_hash_duration_seconds");
        promotions = registry.counter("etcd_server_learner_promote_successes");
        refusedPromotions = registry.counters("etcd_server_learner_promote_failures");
        historyHashes = registry.histogram("etcd_mvcc_hash_rev_duration_seconds");
    }

    private static Timings timings(Family<Histogram> family, String type) {
        return new Timings(() -> family.with("true", type), () -> family.with("false", type));
    }

    @Override
    public Consumer<Outcome> change(Command command, Consumer<Outcome> reply) {
        long start = System.nanoTime();
        pending.add(1);
        return outcome -> {
            pending.add(-1);
            ended(command, start, outcome);
            reply.accept(outcome);
        };
    }

    private void ended(Command command, long start, Outcome outcome) {
        var timing = changes.get(ChangeKind.of(command));
        if (timing != null) {
            timing.observe(outcome, System.nanoTime() - start);
        }
        if (outcome instanceof Outcome.Refused(var reason) && NOT_AGREED.contains(reason)) {
            failed.increment();
        }
    }

    @Override
    public void read(Operation operation, long startNanos, Outcome outcome) {
        long took = System.nanoTime() - startNanos;
        switch (operation) {
            case Range _ -> rangeRequests.observe(outcome, took);
            case Txn _ -> readOnlyTransactions.observe(outcome, took);
            case Put _, DeleteRange _ -> throw new IllegalArgumentException("not a read: " + operation);
        }
        slow.read(operation, outcome, took);
    }

    @Override
    public void evaluated(Operation operation, long startNanos, Outcome outcome) {
        switch (operation) {
            case Range _ -> {
                store.read();
                ranges.observe(outcome, System.nanoTime() - startNanos);
            }
            case Txn txn -> store.read(txn, outcome);
            case Put _, DeleteRange _ -> throw new IllegalArgumentException("not a read: " + operation);
        }
    }

    @Override
    public void promoted(Outcome outcome) {
        switch (outcome) {
            case Outcome.Done _ -> promotions.increment();
            case Outcome.Refused(var reason) ->
                refusedPromotions.with(promotionText(reason)).increment();
        }
    }

    /// What etcd says inside; clients are told the first two in other words.
    private static String promotionText(Reason reason) {
        if (reason == Reason.MEMBER_NOT_FOUND) {
            return "membership: ID not found";
        }
        return reason == Reason.MEMBER_NOT_LEARNER
                ? "membership: can only promote a learner member"
                : EtcdError.of(reason).text();
    }

    @Override
    public void hashed(boolean history, long startNanos) {
        (history ? historyHashes : hashes).observeSince(startNanos);
    }
}
