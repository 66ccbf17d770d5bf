package io.metastore.server.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkerTest {
    private static final long FOR_EVER = Long.MAX_VALUE;

    @Test
    void aTurnDoesWhatWasPostedInOrderAndThenItsRound() {
        var done = new ArrayList<String>();
        try (var worker = new Worker(() -> {
            done.add("round");
            return 7;
        })) {
            worker.post(() -> done.add("first"));
            worker.post(() -> done.add("second"));
            assertThat(done).isEmpty();

            assertThat(worker.turn()).isEqualTo(7);
            assertThat(done).containsExactly("first", "second", "round");
        }
    }

    @Test
    void aSleepingThreadWakesForWhatIsPosted() throws InterruptedException {
        try (var worker = new Worker(() -> FOR_EVER)) {
            worker.start("test");
            for (int post = 0; post < 1_000; post++) {
                var done = new CountDownLatch(1);

                worker.post(done::countDown);

                assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    @Test
    void aRoundThatIsDueAtOnceIsTakenAtOnce() throws InterruptedException {
        var rounds = new CountDownLatch(100);
        try (var worker = new Worker(() -> {
            rounds.countDown();
            return rounds.getCount() > 0 ? 0 : FOR_EVER;
        })) {
            worker.start("test");

            assertThat(rounds.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whatIsPostedWhileItClosesIsDoneExactlyOnce() throws InterruptedException {
        for (int attempt = 0; attempt < 50; attempt++) {
            var done = new AtomicInteger();
            var worker = new Worker(() -> FOR_EVER);
            worker.start("test");
            var posters = posters(worker, done);

            worker.close();

            for (var poster : posters) {
                poster.join();
            }
            assertThat(done).hasValue(4 * 100);
        }
    }

    @Test
    void workOfOneTurnIsNeverDoneByTwoThreads() throws InterruptedException {
        var threads = new ConcurrentLinkedQueue<String>();
        var done = new CountDownLatch(200);
        try (var worker = new Worker(() -> FOR_EVER)) {
            worker.start("the-one");
            IntStream.range(0, 200)
                    .forEach(_ -> worker.post(() -> {
                        threads.add(Thread.currentThread().getName());
                        done.countDown();
                    }));
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(threads).hasSize(200).containsOnly("the-one");
    }

    private static List<Thread> posters(Worker worker, AtomicInteger done) {
        return IntStream.range(0, 4)
                .mapToObj(_ -> Thread.ofVirtual().start(() -> {
                    for (int post = 0; post < 100; post++) {
                        worker.post(done::incrementAndGet);
                    }
                }))
                .toList();
    }
}
