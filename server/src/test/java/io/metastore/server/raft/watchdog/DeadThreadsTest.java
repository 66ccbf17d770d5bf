package io.metastore.server.raft.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class DeadThreadsTest {
    private final List<String> halts = new CopyOnWriteArrayList<>();
    private final DeadThreads deadThreads = new DeadThreads(halts::add);

    @Test
    void aThreadOfTheGroupThatDiesEndsTheProcess() throws InterruptedException {
        die(new IndexOutOfBoundsException("no entry 12"));

        assertThat(halts).containsExactly("the thread event died: java.lang.IndexOutOfBoundsException: no entry 12");
    }

    @Test
    void aThreadThatEndsNormallyDoesNot() throws InterruptedException {
        var thread = new Thread(deadThreads.group("raft"), () -> {}, "event");
        thread.start();
        thread.join();

        assertThat(halts).isEmpty();
    }

    @Test
    void inAnOrderlyShutdownThreadsMayDie() throws InterruptedException {
        deadThreads.disarm();

        die(new IllegalStateException("closed"));

        assertThat(halts).isEmpty();
    }

    private void die(RuntimeException failure) throws InterruptedException {
        var thread = new Thread(
                deadThreads.group("raft"),
                () -> {
                    throw failure;
                },
                "event");
        thread.start();
        thread.join();
    }
}
