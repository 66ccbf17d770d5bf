package io.metastore.server.raft.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.util.LifeCycle.State;
import org.junit.jupiter.api.Test;

/// The thread that drives the rules, with looks that hang.
class WatchdogsTest {
    private static final WatchdogLimits SOON = new WatchdogLimits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofMillis(300),
            Duration.ofSeconds(2),
            Duration.ofSeconds(3),
            Duration.ofSeconds(10),
            0.05,
            Duration.ofMillis(300));

    private final CountDownLatch never = new CountDownLatch(1);
    private final BlockingQueue<String> done = new LinkedBlockingQueue<>();

    @Test
    void aWriteThatHangsHalts() throws InterruptedException {
        var vitals = new FakeVitals() {
            @Override
            public void touchDisk() {
                hang();
            }
        };

        assertThat(firstRemedy(vitals)).startsWith("halt: a small write to the log's volume has not ended");
    }

    @Test
    void aLogThatDoesNotAnswerHaltsThoughTheOtherLooksGoOn() throws InterruptedException {
        var vitals = new FakeVitals() {
            @Override
            public LogProgress log() {
                hang();
                return super.log();
            }
        };

        assertThat(firstRemedy(vitals)).startsWith("halt: the log has not answered");
    }

    @Test
    void aVolumeThatRefusesWritesHalts() throws InterruptedException {
        var vitals = new FakeVitals() {
            @Override
            public void touchDisk() throws IOException {
                throw new IOException("Read-only file system");
            }
        };

        assertThat(firstRemedy(vitals)).contains("refuses writes").contains("Read-only file system");
    }

    @Test
    void aStoppedGroupEndsTheProcess() throws InterruptedException {
        var vitals = new FakeVitals() {
            @Override
            public Observation observe() {
                return Seen.living(State.CLOSED);
            }
        };

        assertThat(firstRemedy(vitals)).isEqualTo("exit: the Raft group is CLOSED");
    }

    @Test
    void aLookThatFailsForOnceIsMadeAgain() throws InterruptedException {
        var looks = new AtomicLong();
        var vitals = new FakeVitals() {
            @Override
            public Observation observe() {
                if (looks.incrementAndGet() == 1) {
                    throw new IllegalStateException("leader state is being shut down");
                }
                return Seen.living(State.EXCEPTION);
            }
        };

        assertThat(firstRemedy(vitals)).isEqualTo("exit: the Raft group is EXCEPTION");
    }

    @Test
    void aPauseOfTheWholeProcessIsNoStall() {
        var nanos = new AtomicLong();
        var time = new AwakeTime(nanos::get);
        for (var tick = 0; tick < 5; tick++) {
            nanos.addAndGet(200_000_000);
            time.tick();
        }
        assertThat(time.millis()).isEqualTo(1_000);

        nanos.addAndGet(30_000_000_000L);
        time.tick();

        assertThat(time.millis()).isEqualTo(2_000);
    }

    private String firstRemedy(Vitals vitals) throws InterruptedException {
        try (var watchdogs = Watchdogs.start(vitals, new RecordingRemedies(), SOON)) {
            var first = done.poll(30, TimeUnit.SECONDS);
            assertThat(watchdogs.firings(Action.Halt.class) + watchdogs.firings(Action.Exit.class))
                    .isPositive();
            return String.valueOf(first);
        } finally {
            never.countDown();
        }
    }

    private class FakeVitals implements Vitals {
        @Override
        public Observation observe() {
            return Seen.healthy();
        }

        @Override
        public LogProgress log() {
            return new LogProgress(1, 1, false);
        }

        @Override
        public void touchDisk() throws IOException {}

        void hang() {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private class RecordingRemedies implements Remedies {
        @Override
        public void kick(RaftPeerId peer) {
            done.add("kick: " + peer);
        }

        @Override
        public void stepDown() {
            done.add("step down");
        }

        @Override
        public void transferLeadership() {
            done.add("transfer");
        }

        @Override
        public void raiseNoSpace() {
            done.add("no space");
        }

        @Override
        public void endNoSpace() {
            done.add("space");
        }

        @Override
        public void exit(String why) {
            done.add("exit: " + why);
        }

        @Override
        public void halt(String why) {
            done.add("halt: " + why);
        }
    }
}
