package io.metastore.server.metrics.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.grpc.CallMeter;
import io.metastore.server.metrics.Registry;
import org.junit.jupiter.api.Test;

class CallMetricsTest {
    private static final String REQUESTS = "etcd_server_client_requests_total{";

    private final Registry registry = Registry.ofMember();
    private final CallMeter.Method range =
            new CallMetrics(registry, false).method("etcdserverpb.KV", "Range", CallMeter.Shape.UNARY);

    @Test
    void requestsAreCountedByTheVersionThatClientsTell() {
        range.started("3.7.1");
        range.started("3.7.1");

        assertThat(registry.text()).contains(REQUESTS + "client_api_version=\"3.7.1\",type=\"unary\"} 2\n");
    }

    @Test
    void clientsThatMakeVersionsUpFillNoMemory() {
        for (int i = 0; i < 10_000; i++) {
            range.started("made up " + i);
        }
        range.started("x".repeat(1000));

        assertThat(registry.text().lines().filter(line -> line.startsWith(REQUESTS)))
                .hasSizeLessThanOrEqualTo(101)
                .contains(REQUESTS + "client_api_version=\"unknown\",type=\"unary\"} 9901")
                .allMatch(line -> line.length() < 200);
    }
}
