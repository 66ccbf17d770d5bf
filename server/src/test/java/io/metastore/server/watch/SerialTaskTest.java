package io.metastore.server.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SerialTaskTest {
    @Test
    void callsBeforeItRunsAreOneRun() {
        var executor = new QueuedExecutor();
        var runs = new AtomicInteger();
        var task = new SerialTask(executor, runs::incrementAndGet);
        task.wake();
        task.wake();
        task.wake();

        assertThat(executor.waiting()).isEqualTo(1);

        executor.runAll();

        assertThat(runs).hasValue(1);

        task.wake();
        executor.runAll();

        assertThat(runs).hasValue(2);
    }

    @Test
    void callsWhileItRunsAreOneMoreRun() {
        var executor = new QueuedExecutor();
        var runs = new AtomicInteger();
        var wakeAgain = new AtomicInteger(1);
        var holder = new SerialTask[1];
        holder[0] = new SerialTask(executor, () -> {
            runs.incrementAndGet();
            if (wakeAgain.getAndDecrement() > 0) {
                holder[0].wake();
                holder[0].wake();
            }
        });
        holder[0].wake();
        executor.runAll();

        assertThat(runs).hasValue(2);
    }

    @Test
    void itNeverRunsTwiceAtOnceAndSeesWhatCameBeforeEachCall() throws InterruptedException {
        var executor = new CountingExecutor();
        var running = new AtomicBoolean();
        var overlaps = new AtomicInteger();
        var counter = new AtomicInteger();
        var seen = new AtomicInteger();
        var task = new SerialTask(executor, () -> {
            if (!running.compareAndSet(false, true)) {
                overlaps.incrementAndGet();
            }
            seen.set(counter.get());
            running.set(false);
        });
        for (int i = 0; i < 20_000; i++) {
            counter.incrementAndGet();
            task.wake();
        }
        executor.awaitIdle();

        assertThat(overlaps).hasValue(0);
        assertThat(seen).hasValue(20_000);
    }
}
