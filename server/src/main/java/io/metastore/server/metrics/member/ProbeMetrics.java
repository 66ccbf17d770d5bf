package io.metastore.server.metrics.member;

import io.metastore.server.grpc.http.ProbeMeter;
import io.metastore.server.metrics.Counter;
import io.metastore.server.metrics.Family;
import io.metastore.server.metrics.Level;
import io.metastore.server.metrics.Registry;

/// Checks of this member's health.
final class ProbeMetrics implements ProbeMeter {
    private final Counter healthy;
    private final Counter ill;
    private final Family<Level> results;
    private final Family<Counter> checks;

    ProbeMetrics(Registry registry) {
        healthy = registry.counter("etcd_server_health_success");
        ill = registry.counter("etcd_server_health_failures");
        results = registry.levels("etcd_server_healthcheck");
        checks = registry.counters("etcd_server_healthchecks_total");
    }

    @Override
    public void health(boolean success) {
        (success ? healthy : ill).increment();
    }

    @Override
    public void check(String page, String name, boolean passed) {
        results.with(name, page).set(passed ? 1 : 0);
        checks.with(name, passed ? "success" : "error", page).increment();
    }
}
