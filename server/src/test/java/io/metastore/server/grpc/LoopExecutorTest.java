package io.metastore.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopExecutorTest {
    private final DefaultEventLoop loop = new DefaultEventLoop();
    private final LoopExecutor executor = new LoopExecutor(loop);

    @AfterEach
    void stop() {
        var _ = loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    @Test
    void workFromOtherThreadsRunsOnTheLoopInItsOrder() throws InterruptedException {
        int tasks = 5000;
        var done = new CountDownLatch(tasks);
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        var elsewhere = new ArrayList<String>();

        for (int i = 0; i < tasks; i++) {
            int number = i;
            executor.execute(() -> {
                if (!loop.inEventLoop()) {
                    elsewhere.add(Thread.currentThread().getName());
                }
                order.add(number);
                done.countDown();
            });
        }

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(order).hasSize(tasks).isSorted();
        assertThat(elsewhere).isEmpty();
    }

    @Test
    void workFromTheLoopItselfRunsAtOnce() throws Exception {
        var steps = loop.submit(() -> {
                    var order = new ArrayList<String>();
                    executor.execute(() -> order.add("work"));
                    order.add("after");
                    return order;
                })
                .get(10, TimeUnit.SECONDS);

        assertThat(steps).containsExactly("work", "after");
    }

    @Test
    void whatComesTogetherCostsOneWakeUp() throws Exception {
        var blocked = new CountDownLatch(1);
        var done = new CountDownLatch(100);
        loop.execute(() -> awaitUninterruptibly(blocked));
        int before = loop.pendingTasks();

        for (int i = 0; i < 100; i++) {
            executor.execute(done::countDown);
        }

        assertThat(loop.pendingTasks() - before).isLessThanOrEqualTo(1);
        blocked.countDown();
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void workThatFailsDoesNotStopTheRest() throws InterruptedException {
        var done = new CountDownLatch(1);

        executor.execute(() -> {
            throw new IllegalStateException("on purpose");
        });
        executor.execute(done::countDown);

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void workForALoopThatHasStoppedIsDropped() {
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
        var ran = new ArrayList<String>();

        executor.execute(() -> ran.add("too late"));

        assertThat(ran).isEmpty();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
