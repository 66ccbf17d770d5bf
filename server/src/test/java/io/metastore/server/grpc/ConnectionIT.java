package io.metastore.server.grpc;

import static io.metastore.server.grpc.Http2Frames.ENHANCE_YOUR_CALM;
import static io.metastore.server.grpc.Http2Frames.GOAWAY;
import static io.metastore.server.grpc.Http2Frames.PING;
import static io.metastore.server.grpc.Http2Frames.REFUSED_STREAM;
import static io.metastore.server.grpc.Http2Frames.RST_STREAM;
import static io.metastore.server.grpc.Http2Frames.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.config.LimitConfig;
import io.metastore.server.grpc.GrpcSettings.KeepAlive;
import io.metastore.server.grpc.Http2Frames.Frame;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What clients may do to a connection, and what the server does to one that is quiet.
class ConnectionIT {
    private static final String WATCH = "etcdserverpb.Watch/Watch";
    private static final int MAX_CONCURRENT_STREAMS = 3;
    private static final Duration LONG = Duration.ofHours(1);

    /// The shortest that there is: any pace is allowed.
    private static final Duration ANY = Duration.ofNanos(1);

    @Test
    void aClientThatPingsTooOftenIsSentAwayAtTheThirdOffence() throws IOException {
        try (var member = member(new KeepAlive(LONG, LONG, LONG));
                var client = new Http2Frames(member.address())) {
            client.call(1, WATCH);

            assertSentAwayAtTheFourthPing(client);
        }
    }

    @Test
    void aClientThatPingsAtAnAllowedPaceIsAnswered() throws IOException {
        try (var member = member(new KeepAlive(ANY, LONG, LONG));
                var client = new Http2Frames(member.address())) {
            client.call(1, WATCH);
            for (int i = 0; i < 20; i++) {
                client.ping(i);

                var answer = client.next(PING);

                assertThat(answer.isPong()).isTrue();
                assertThat(answer.number(4)).isEqualTo(i);
            }
        }
    }

    @Test
    void aClientThatPingsWithoutACallIsSentAwayWhateverItsPace() throws IOException {
        try (var member = member(new KeepAlive(ANY, LONG, LONG));
                var client = new Http2Frames(member.address())) {
            assertSentAwayAtTheFourthPing(client);
        }
    }

    private static void assertSentAwayAtTheFourthPing(Http2Frames client) throws IOException {
        for (int i = 0; i < 4; i++) {
            client.ping(i);
        }

        var seen = toTheEnd(client);

        assertThat(seen.stream().filter(Frame::isPong)).hasSizeBetween(3, 4);
        var goAway = seen.stream()
                .filter(frame -> frame.type() == GOAWAY)
                .findFirst()
                .orElseThrow();
        assertThat(goAway.number(4)).isEqualTo(ENHANCE_YOUR_CALM);
        assertThat(goAway.text(8)).isEqualTo("too_many_pings");
    }

    /// The shortest interval that gRPC for Java keeps to is ten seconds, so one test shows both.
    @Test
    void aQuietConnectionIsPingedAndClosedWhenNoAnswerComes() throws IOException {
        try (var member = member(new KeepAlive(ANY, Duration.ofSeconds(10), Duration.ofMillis(500)));
                var silent = new Http2Frames(member.address());
                var answering = new Http2Frames(member.address())) {
            answering.call(1, WATCH);

            answering.answer(answering.next(PING));

            assertThat(toTheEnd(silent).stream().filter(Frame::isPing)).hasSize(1);
            answering.ping(1);
            assertThat(answering.next(PING).isPong()).isTrue();
        }
    }

    @Test
    void aCallBeyondTheLimitIsRefusedUntilAnotherEnds() throws IOException {
        try (var member = member(KeepAlive.STANDARD);
                var client = new Http2Frames(member.address())) {
            assertThat(maxConcurrentStreams(client.next(SETTINGS))).isEqualTo(MAX_CONCURRENT_STREAMS);
            client.acceptSettings();
            for (int call = 0; call < MAX_CONCURRENT_STREAMS; call++) {
                client.call(2 * call + 1, WATCH);
            }
            client.call(2 * MAX_CONCURRENT_STREAMS + 1, WATCH);

            var refused = client.next(RST_STREAM);

            assertThat(refused.stream()).isEqualTo(2 * MAX_CONCURRENT_STREAMS + 1);
            assertThat(refused.number(0)).isEqualTo(REFUSED_STREAM);

            client.giveUp(1);
            client.call(2 * MAX_CONCURRENT_STREAMS + 3, WATCH);
            client.ping(7);

            var next = client.next().orElseThrow();
            assertThat(next.isPong()).as("no refusal, but " + next).isTrue();
        }
    }

    private static LocalMember member(KeepAlive pings) {
        var standard = LimitConfig.defaults();
        return new LocalMember(
                new LimitConfig(
                        standard.maxRequestBytes(),
                        standard.maxTransactionOperations(),
                        MAX_CONCURRENT_STREAMS,
                        standard.quotaBytes()),
                pings);
    }

    private static List<Frame> toTheEnd(Http2Frames client) throws IOException {
        var seen = new ArrayList<Frame>();
        for (var next = client.next(); next.isPresent(); next = client.next()) {
            seen.add(next.get());
        }
        return seen;
    }

    /// A setting is six bytes: its number in two, its value in four.
    private static int maxConcurrentStreams(Frame settings) {
        for (int at = 0; at < settings.payload().size(); at += 6) {
            if (settings.number(at) >>> 16 == 3) {
                return settings.number(at + 2);
            }
        }
        throw new AssertionError("no limit is told");
    }
}
