package io.metastore.server.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Time that stands still until a test moves it on.
final class FakeClock implements WatchClock {
    private final List<Timer> timers = new ArrayList<>();
    private long now;

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public Repetition every(Duration period, Runnable action) {
        var timer = new Timer(period.toNanos(), action, now + period.toNanos());
        timers.add(timer);
        return () -> timers.remove(timer);
    }

    /// Lets time go by and makes the calls that fall into it.
    void advance(Duration duration) {
        long end = now + duration.toNanos();
        while (true) {
            var due = timers.stream().filter(timer -> timer.next <= end).findFirst();
            if (due.isEmpty()) {
                break;
            }
            now = Math.max(now, due.get().next);
            due.get().next += due.get().period;
            due.get().action.run();
        }
        now = end;
    }

    boolean isIdle() {
        return timers.isEmpty();
    }

    private static final class Timer {
        private final long period;
        private final Runnable action;
        private long next;

        Timer(long period, Runnable action, long next) {
            this.period = period;
            this.action = action;
            this.next = next;
        }
    }
}
