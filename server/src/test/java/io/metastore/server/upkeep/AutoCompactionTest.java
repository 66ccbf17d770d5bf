package io.metastore.server.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.request.Command.Compact;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Reason;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AutoCompactionTest {
    private static final Duration INTERVAL = Duration.ofMinutes(5);

    private final FakeTime time = new FakeTime();
    private final AtomicLong revision = new AtomicLong(1);
    private final FakeProposer proposer = new FakeProposer();
    private final AutoCompaction compaction =
            new AutoCompaction(new CompactionPolicy.Revisions(10), revision::get, time);

    @AfterEach
    void close() {
        compaction.close();
    }

    @Test
    void theLeaderCompactsEveryInterval() {
        compaction.begin(proposer);
        revision.set(100);
        assertThat(Duration.ofNanos(compaction.turn())).isEqualTo(INTERVAL);

        pass(INTERVAL.minusMillis(1));
        assertThat(proposer.isIdle()).isTrue();
        pass(Duration.ofMillis(1));

        assertThat(proposer.pending()).containsExactly(new Compact(90));
    }

    @Test
    void whoDoesNotLeadDoesNot() {
        revision.set(100);
        pass(INTERVAL);

        compaction.begin(proposer);
        compaction.end();
        pass(INTERVAL);

        assertThat(proposer.isIdle()).isTrue();
    }

    @Test
    void oneCompactionIsUnderWayAtATime() {
        compaction.begin(proposer);
        revision.set(100);
        pass(INTERVAL);
        revision.set(200);
        pass(INTERVAL);
        assertThat(proposer.pending()).containsExactly(new Compact(90));

        proposer.answerAll(_ -> new Outcome.Accepted(200));
        pass(INTERVAL);

        assertThat(proposer.pending()).containsExactly(new Compact(190));
    }

    @Test
    void aRefusedCompactionIsTriedAgain() {
        compaction.begin(proposer);
        revision.set(100);
        pass(INTERVAL);
        proposer.refuseAll(Reason.TIMED_OUT);

        pass(INTERVAL);

        assertThat(proposer.pending()).containsExactly(new Compact(90));
    }

    @Test
    void aCompactionThatSomebodyElseMadeIsDone() {
        compaction.begin(proposer);
        revision.set(100);
        pass(INTERVAL);
        proposer.refuseAll(Reason.COMPACTED);

        pass(INTERVAL);

        assertThat(proposer.isIdle()).isTrue();
    }

    @Test
    void withoutAPolicyItSleepsForEver() {
        try (var off = new AutoCompaction(new CompactionPolicy.Off(), revision::get, time)) {
            off.begin(proposer);
            revision.set(100);
            time.pass(Duration.ofDays(1000));

            assertThat(Duration.ofNanos(off.turn())).isGreaterThan(Duration.ofDays(365));
            assertThat(proposer.isIdle()).isTrue();
        }
    }

    private void pass(Duration duration) {
        time.pass(duration);
        compaction.turn();
    }
}
