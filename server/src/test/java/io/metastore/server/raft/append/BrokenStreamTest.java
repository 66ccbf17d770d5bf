package io.metastore.server.raft.append;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.util.Timestamp;
import org.junit.jupiter.api.Test;

/// What is done about a stream that breaks, and about a follower that does not answer.
class BrokenStreamTest extends SenderTests {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    @Test
    void aStreamThatBreaksBeforeAnyAnswerIsReplacedAfterAPause() {
        start();
        append(2);
        var first = transport.stream();
        long broken = System.nanoTime();
        first.replies.onError(new IOException("refused"));
        assertThat(transport.reconnected).containsExactly(FakeFollower.ADDRESS);
        await().until(() -> transport.sent().count() == 2);

        assertThat(transport.streams).hasSize(2);
        var again = transport.stream().sent().getFirst();
        assertThat(again.entries()).containsExactly(0L, 1L);
        assertThat(again.nanos() - broken).isGreaterThanOrEqualTo(PAUSE_NANOS);
    }

    /// Ratis's own senders wait for 7.5 s in the end, and a member that comes back hears of no leader for as long.
    @Test
    void aMemberThatWasAwayIsTriedAgainSoonHoweverOftenItWasTried() {
        start();
        append(1);
        long began = System.nanoTime();
        for (int tries = 1; tries <= 20; tries++) {
            int tried = tries;
            transport.stream().replies.onError(new IOException("refused"));
            await().until(() -> transport.streams.size() > tried);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aBrokenStreamIsReplacedFromTheFirstEntryThatIsNotAnswered() {
        start();
        answeredStream();
        append(1);
        append(1);
        append(1);
        transport.stream().succeed(1);
        transport.stream().replies.onError(new IOException("the cable is cut"));
        await().until(() -> transport.used() == 2);

        assertThat(transport.stream().entries()).containsExactly(List.of(2L, 3L));
        assertThat(transport.reconnected).containsExactly(FakeFollower.ADDRESS);
    }

    /// The connection breaks between the two calls that a stream consists of: each of them must be ended once. A leader
    /// that stumbled over that gave up leadership when a follower was stopped.
    @Test
    void aStreamWhoseSecondCallIsRefusedAtOnceIsReplaced() {
        start();
        transport.refused = 2;
        append(1);
        await().until(() -> transport.sent().count() == 1);

        assertThat(transport.streams).hasSize(2);
        assertThat(transport.streams.getFirst().hasEnded()).isTrue();
        assertThat(transport.stream().entries()).containsExactly(List.of(0L));
        assertThat(leader.abdications).isEmpty();
    }

    /// That the transport fails is no reason for somebody else to lead.
    @Test
    void aStreamThatCannotBeWrittenToIsReplaced() {
        start();
        answeredStream();
        transport.stream().failing = true;
        append(1);
        await().until(() -> transport.used() == 2);

        assertThat(transport.stream().entries()).containsExactly(List.of(1L));
        assertThat(leader.abdications).isEmpty();
    }

    @Test
    void aStreamThatTheFollowerEndsIsReplacedAsWell() {
        start();
        append(1);
        transport.stream().replies.onCompleted();
        await().until(() -> transport.sent().count() == 2);

        assertThat(transport.stream().entries()).containsExactly(List.of(0L));
    }

    @Test
    void whatComesOnABrokenStreamIsIgnored() {
        start();
        append(1);
        var first = transport.stream();
        first.replies.onError(new IOException("the cable is cut"));
        await().until(() -> transport.sent().count() == 2);
        first.succeed(0);
        first.replies.onError(new IOException("cut once more"));

        assertThat(follower.matchIndex).isEqualTo(-1);
        assertThat(transport.reconnected).hasSize(1);
        transport.stream().succeed(0);
        assertThat(follower.matchIndex).isZero();
    }

    @Test
    void aFollowerThatIsSilentForTooLongIsAbandoned() {
        sender = sender(Duration.ofMillis(5));
        start();
        append(1);
        leader.rpcTimeoutMillis = 20;
        sender.wake();
        await().until(() -> !transport.abandoned.isEmpty());
        leader.rpcTimeoutMillis = 3_600_000;

        assertThat(transport.abandoned).containsOnly(FakeFollower.ADDRESS);
        await().until(() -> transport.streams.stream()
                .skip(1)
                .anyMatch(again -> !again.sent().isEmpty()));
        assertThat(transport.streams.get(1).sent().getFirst().entries()).containsExactly(0L);
    }

    /// An append may wait for a slow disk; the answers to heartbeats show that the connection is alive.
    @Test
    void aFollowerThatIsHeardIsNotAbandonedThoughAnAppendWaits() {
        sender = sender(Duration.ZERO);
        follower.heard = Timestamp.currentTime().addTimeMs(LONG.toMillis());
        start();
        append(1);
        long sent = System.nanoTime();
        await().until(() -> System.nanoTime() - sent > TimeUnit.MILLISECONDS.toNanos(2));
        awaitRounds(2);

        assertThat(transport.abandoned).isEmpty();
        assertThat(transport.streams).hasSize(1);
    }

    @Test
    void nobodyIsAbandonedWhileNothingWaitsForAnAnswer() {
        sender = sender(Duration.ZERO);
        start();
        answeredStream();
        follower.heard = Timestamp.currentTime().addTimeMs(-LONG.toMillis());
        awaitRounds(2);

        assertThat(transport.abandoned).isEmpty();
        assertThat(transport.streams).hasSize(1);
    }
}
