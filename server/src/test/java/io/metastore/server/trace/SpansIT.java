package io.metastore.server.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.process.ServerProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a collector is told of the same calls by etcd 3.7.1, which was recorded, and by this server. It is the same but
/// for this:
///
/// - Each span says which code made it (its scope): that is etcd's there, and ours here.
/// - Inside of a call etcd tells of the request (`put`, with its key) with an event before and after Raft; here are
///   the stages of the way (`admit`, `propose`, `commit`, `apply`, `read barrier`, `read`), and no keys.
/// - A call through the JSON gateway goes over no connection here, so it has no address.
///
///     … -Detcd.program=/path/etcd                          asks etcd too
///     … -Detcd.program=/path/etcd -Dgolden.update=true     records anew
@Timeout(300)
class SpansIT {
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");
    private static final String INSTANCE = "--distributed-tracing-instance-id=m1";

    /// Of a million calls.
    @ParameterizedTest
    @ValueSource(longs = {1_000_000, 0})
    void callsAreToldAsEtcdTellsThem(long rate) throws IOException {
        var golden = "etcd-3.7.1-" + rate + ".spans";
        if (UPDATE) {
            Files.writeString(
                    Path.of("src/test/resources/io/metastore/server/trace", golden),
                    told(ServerProgram.etcd().orElseThrow(), rate));
        }
        var recorded = recorded(golden);

        var ours = told(ServerProgram.underTest(), rate);

        assertThat(SpanText.requests(ours))
                .containsExactlyElementsOf(SpanText.requests(recorded).stream()
                        .map(span -> span.contains(Tour.OVER_HTTP) ? SpanText.withoutAddress(span) : span)
                        .toList());
        for (var etcd : ServerProgram.etcd().stream().toList()) {
            assertThat(told(etcd, rate)).isEqualTo(recorded);
        }
    }

    private static String told(ServerProgram program, long rate) {
        try (var collector = TestCollector.start();
                var member = new TracedProcess(program, collector, rate, INSTANCE)) {
            try (var tour = new Tour(member.endpoint())) {
                tour.run();
            }
            // Spans are told in the order in which they ended, that of a call after those of its parts.
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> collector.spans().stream().anyMatch(span -> isLast(span, rate)));
            return SpanText.of(collector.spans());
        }
    }

    private static boolean isLast(ToldSpan span, long rate) {
        return rate == 0
                ? span.isServer() && Tour.KEPT.contains(span.trace())
                : span.name().equals(Tour.OVER_HTTP);
    }

    private static String recorded(String name) throws IOException {
        return Files.readString(Path.of("src/test/resources/io/metastore/server/trace", name));
    }
}
