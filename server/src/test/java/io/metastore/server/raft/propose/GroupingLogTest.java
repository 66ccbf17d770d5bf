package io.metastore.server.raft.propose;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.metastore.server.apply.Entry;
import io.metastore.server.apply.Stamp;
import io.metastore.server.model.MemberId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GroupingLogTest {
    private static final int SECOND = 100;
    private static final int MAX = 250;
    private static final ProposalLimits LIMITS =
            new ProposalLimits(Duration.ofSeconds(7), 2, SECOND, MAX, 1000, 10_000);

    /// A group in the log, and how to tell what became of it.
    private record Sent(List<Long> sequences, Consumer<Boolean> finished) {
        void applied() {
            finished.accept(false);
        }
    }

    private final List<Sent> sent = new ArrayList<>();
    private final List<Long> notAppended = new ArrayList<>();
    private final AtomicLong clock = new AtomicLong();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final GroupingLog log = new GroupingLog(
            (group, finished) -> sent.add(new Sent(
                    group.stream().map(entry -> entry.stamp().sequence()).toList(), finished)),
            LIMITS,
            timer,
            clock::get);

    @AfterEach
    void close() {
        timer.shutdownNow();
    }

    @Test
    void aLoneEntryIsAppendedAtOnce() {
        append(1, 10);

        assertThat(groups()).containsExactly(List.of(1L));
    }

    @Test
    void whatComesWhileAGroupIsOnItsWayIsTheNextGroup() {
        append(1, 10);
        append(2, 10);
        append(3, 10);
        assertThat(groups()).hasSize(1);
        sent.getFirst().applied();

        assertThat(groups()).containsExactly(List.of(1L), List.of(2L, 3L));
    }

    @Test
    void enoughForAnotherGroupIsNotHeldUpUntilTheLimit() {
        append(1, 10);
        append(2, SECOND);
        append(3, SECOND);

        assertThat(groups()).containsExactly(List.of(1L), List.of(2L));
        sent.getFirst().applied();
        assertThat(groups()).hasSize(3);
    }

    @Test
    void aGroupIsCutAtItsGreatestSizeAndAGreaterEntryTravelsAlone() {
        append(1, 10);
        append(2, 90);
        append(3, 400);
        sent.getFirst().applied();
        sent.get(1).applied();

        assertThat(groups()).containsExactly(List.of(1L), List.of(2L), List.of(3L));
    }

    @Test
    void aGroupThatIsSurelyAbsentTellsEachOfItsEntries() {
        append(1, 10);
        append(2, 10);
        append(3, 10);
        sent.getFirst().applied();
        sent.get(1).finished().accept(true);

        assertThat(notAppended).containsExactly(2L, 3L);
        append(4, 10);
        assertThat(groups()).last().isEqualTo(List.of(4L));
    }

    @Test
    void anotherLeadershipRefusesWhatWaitsAndWaitsForNothingOfTheLast() {
        append(1, 10);
        append(2, 10);
        log.restart();
        assertThat(notAppended).containsExactly(2L);
        append(3, 10);
        assertThat(groups()).containsExactly(List.of(1L), List.of(3L));
        append(4, 10);
        sent.getFirst().applied(); // Of the last leadership: it frees no place in this one.

        assertThat(groups()).hasSize(2);
    }

    /// The clock stands still, so the wait never ends by itself here.
    @Test
    void thoseThatSharedTheLastGroupAreWaitedFor() {
        append(1, 10);
        append(2, 10);
        append(3, 10);
        sent.getFirst().applied();
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        sent.get(1).applied();
        append(4, 10);
        assertThat(groups()).hasSize(2);
        append(5, 10);

        assertThat(groups()).last().isEqualTo(List.of(4L, 5L));
    }

    @Test
    void thoseThatDoNotComeAreNotWaitedForLong() throws InterruptedException {
        var groups = new LinkedBlockingQueue<Sent>();
        var real = new GroupingLog(
                (group, finished) -> groups.add(new Sent(
                        group.stream().map(entry -> entry.stamp().sequence()).toList(), finished)),
                LIMITS,
                timer,
                System::nanoTime);
        real.append(entry(1, 10), () -> {});
        real.append(entry(2, 10), () -> {});
        real.append(entry(3, 10), () -> {});
        groups.take().applied();

        assertThat(groups.take().sequences()).containsExactly(2L, 3L);
    }

    private void append(long sequence, int bytes) {
        log.append(entry(sequence, bytes), () -> notAppended.add(sequence));
    }

    private static EntrySink.Outgoing entry(long sequence, int bytes) {
        var stamp = new Stamp(5, new MemberId(1), 1, sequence);
        return new EntrySink.Outgoing(stamp, ByteString.copyFrom(new byte[bytes]), new Entry(stamp, List.of()));
    }

    private List<List<Long>> groups() {
        return sent.stream().map(Sent::sequences).toList();
    }
}
