package io.metastore.server.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.lease.Lease;
import io.metastore.server.model.LeaseId;
import io.metastore.server.seed.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimerHeapTest {
    private final Random random = Seed.random();
    private final TimerHeap heap = new TimerHeap();

    @Test
    void theEarliestIsFirstWhateverWasAddedAndTakenOut() {
        var model = new ArrayList<LeaseTimer>();

        for (int step = 0; step < 5_000; step++) {
            change(model);

            assertThat(heap.size()).isEqualTo(model.size());
            if (!model.isEmpty()) {
                var earliest = model.stream().mapToLong(timer -> timer.wake).min();
                assertThat(heap.first().wake).isEqualTo(earliest.getAsLong());
            }
        }
    }

    @Test
    void manyAtOnceComeOutInOrder() {
        heap.add(timer(random.nextInt(100)));

        heap.addAll(timers(1_000));

        var out = new ArrayList<Long>();
        while (!heap.isEmpty()) {
            var first = heap.first();
            heap.remove(first);
            out.add(first.wake);
        }
        assertThat(out).hasSize(1_001).isSorted();
    }

    @Test
    void whatIsNotInItIsLeftAlone() {
        heap.add(timer(5));
        var taken = timer(3);
        heap.add(taken);
        heap.remove(taken);

        heap.remove(taken);
        heap.remove(timer(1));

        assertThat(heap.size()).isEqualTo(1);
        assertThat(heap.first().wake).isEqualTo(5);
    }

    private void change(List<LeaseTimer> model) {
        switch (random.nextInt(5)) {
            case 0, 1 -> {
                var timer = timer(random.nextInt(100));
                heap.add(timer);
                model.add(timer);
            }
            case 2 -> {
                var timers = timers(random.nextInt(4));
                heap.addAll(timers);
                model.addAll(timers);
            }
            default -> {
                if (!model.isEmpty()) {
                    heap.remove(model.remove(random.nextInt(model.size())));
                }
            }
        }
    }

    private List<LeaseTimer> timers(int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> timer(random.nextInt(100)))
                .toList();
    }

    private static LeaseTimer timer(long wake) {
        var timer = new LeaseTimer(new Lease(LeaseId.of(1), 10, 0), 0, 10);
        timer.wake = wake;
        return timer;
    }
}
