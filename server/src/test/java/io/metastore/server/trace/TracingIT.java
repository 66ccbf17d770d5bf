package io.metastore.server.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A whole member and its collector, which may be in any state.
@Timeout(300)
class TracingIT {
    private static final long ALL = 1_000_000;
    /// More than wait at the same time; a put makes five.
    private static final int MANY_PUTS = Backlog.MOST / 5 + 100;

    @Test
    void aMemberDialsNoCollectorUnlessItIsTold() throws Exception {
        try (var collector = TestCollector.start()) {
            try (var server = new TracedServer(List.of(
                    "--distributed-tracing-address=" + collector.address(),
                    "--distributed-tracing-sampling-rate=" + ALL))) {
                server.put(10);
                server.range();
            }
            assertThat(collector.connections()).isZero();
        }
    }

    @Test
    void theStagesOfARequestFollowEachOtherWithinIt() throws Exception {
        try (var collector = TestCollector.start()) {
            try (var server = new TracedServer(Flags.tracing(collector.address(), ALL))) {
                server.put(1);
                server.range();
                awaitCall(collector, "etcdserverpb.KV/Range");
            }
            var spans = collector.spans();
            assertThat(spans)
                    .extracting(ToldSpan::name)
                    .containsExactly(
                            "etcdserverpb.KV/Put",
                            "admit",
                            "propose",
                            "commit",
                            "apply",
                            "etcdserverpb.KV/Range",
                            "read barrier",
                            "read");
            assertStages(spans.getFirst(), spans.subList(1, 5));
            assertStages(spans.get(5), spans.subList(6, 8));
        }
    }

    private static void assertStages(ToldSpan request, List<ToldSpan> stages) {
        long before = request.begun();
        for (var stage : stages) {
            assertThat(stage.parent()).isEqualTo(request.id());
            assertThat(stage.trace()).isEqualTo(request.trace());
            assertThat(stage.begun()).isGreaterThanOrEqualTo(before);
            assertThat(stage.ended()).isGreaterThanOrEqualTo(stage.begun());
            before = stage.ended();
        }
    }

    @Test
    void theStageThatRefusesSaysWhy() throws Exception {
        try (var collector = TestCollector.start();
                var server = new TracedServer(Flags.tracing(collector.address(), ALL))) {
            server.compactTooFar();
            awaitCall(collector, "etcdserverpb.KV/Compact");
            assertThat(collector.spans())
                    .filteredOn(span -> span.attributes().containsKey("metastore.refused"))
                    .singleElement()
                    .satisfies(span -> {
                        assertThat(span.name()).isEqualTo("apply");
                        assertThat(span.attributes()).containsEntry("metastore.refused", "FUTURE_REVISION");
                    });
        }
    }

    @Test
    void aMemberServesAndStopsWithoutItsCollector() throws Exception {
        var nobody = Flags.Ports.free().client();
        try (var server = new TracedServer(Flags.tracing(nobody, ALL))) {
            server.put(MANY_PUTS);
            server.range();
        }
    }

    @Test
    void aMemberServesAndStopsWhileItsCollectorDoesNotAnswer() throws Exception {
        var permits = new Semaphore(0);
        try (var collector = TestCollector.answering(permits)) {
            try (var server = new TracedServer(Flags.tracing(collector.address(), ALL))) {
                server.put(MANY_PUTS);
                Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> collector.requests() > 0);
                server.put(MANY_PUTS);
                server.range();
            }
            permits.release(1000);
        }
    }

    @Test
    void aCollectorThatComesBackIsToldWhatHappensThen() throws Exception {
        var address = Flags.Ports.free().client();
        int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
        try (var server = new TracedServer(Flags.tracing(address, ALL))) {
            try (var first = TestCollector.startAt(port)) {
                server.put(1);
                awaitCall(first, "etcdserverpb.KV/Put");
            }
            server.put(1);
            try (var second = TestCollector.startAt(port)) {
                server.range();
                awaitCall(second, "etcdserverpb.KV/Range");
            }
        }
    }

    private static void awaitCall(TestCollector collector, String name) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() ->
                        collector.spans().stream().anyMatch(span -> span.name().equals(name)));
    }
}
