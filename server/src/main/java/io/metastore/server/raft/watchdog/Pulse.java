package io.metastore.server.raft.watchdog;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does something that may hang, again and again, on a thread of its own, so that another thread can see it hang.
final class Pulse implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
    private static final long IDLE = -1;

    private final Duration pause;
    private final Beat beat;
    private final AwakeTime time;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile long begunMillis = IDLE;
    private volatile String failure = "";

    interface Beat {
        void run() throws IOException;
    }

    /// @param runningMillis for how long the present beat has run, awake time; 0 between two
    /// @param failure of the last beat that ended, empty when it succeeded
    record State(long runningMillis, String failure) {}

    private Pulse(String name, Duration pause, Beat beat, AwakeTime time) {
        this.pause = pause;
        this.beat = beat;
        this.time = time;
        thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    static Pulse start(String name, Duration pause, Beat beat, AwakeTime time) {
        var pulse = new Pulse(name, pause, beat, time);
        pulse.thread.start();
        return pulse;
    }

    State state() {
        var begun = begunMillis;
        return new State(begun == IDLE ? 0 : time.millis() - begun, failure);
    }

    /// Lets the present beat end, but does not wait for it: it may hang.
    @Override
    public void close() {
        closed.countDown();
    }

    private void run() {
        try {
            do {
                begunMillis = time.millis();
                beatOnce();
                begunMillis = IDLE;
            } while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void beatOnce() {
        try {
            beat.run();
            failure = "";
        } catch (IOException e) {
            failure = e.toString();
        } catch (RuntimeException e) {
            // Ratis asserts its state also in getters, for example while it steps down: the next look will do.
            LOG.atDebug().setCause(e).addKeyValue("watchdog", thread.getName()).log("could not look");
        }
    }
}
