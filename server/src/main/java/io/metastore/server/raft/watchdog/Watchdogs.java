package io.metastore.server.raft.watchdog;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Drives the rules with one thread that never waits for what it watches: the looks, which may hang, have threads of
/// their own. The disk is judged five times a second, the rest once.
///
/// Close it before Ratis and the watermark are closed in an orderly shutdown.
public final class Watchdogs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdogs.class);
    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Remedies remedies;
    private final AwakeTime time;
    private final Rules rules;
    private final Pulse observing;
    private final Pulse looking;
    private final Pulse writing;
    private final AtomicReference<Optional<Observation>> news = new AtomicReference<>(Optional.empty());
    private final AtomicReference<LogProgress> log = new AtomicReference<>(new LogProgress(-1, -1, false));
    private final Map<Class<?>, LongAdder> firings = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    private Watchdogs(Vitals vitals, Remedies remedies, WatchdogLimits limits, LongSupplier nanos) {
        this.remedies = remedies;
        time = new AwakeTime(nanos);
        rules = new Rules(limits);
        observing = Pulse.start("watchdog-observe", SECOND, () -> news.set(Optional.of(vitals.observe())), time);
        looking = Pulse.start("watchdog-log", TICK, () -> log.set(vitals.log()), time);
        writing = Pulse.start("watchdog-disk", SECOND, vitals::touchDisk, time);
    }

    /// Starts to watch a member whose Raft server runs.
    public static Watchdogs start(Vitals vitals, Remedies remedies, WatchdogLimits limits) {
        var watchdogs = new Watchdogs(vitals, remedies, limits, System::nanoTime);
        Thread.ofPlatform().daemon().name("watchdog").start(watchdogs::run);
        return watchdogs;
    }

    /// How often this kind of action was taken; for a metric.
    public long firings(Class<? extends Action> kind) {
        var count = firings.get(kind);
        return count == null ? 0 : count.sum();
    }

    /// How often each kind of action was taken, by the kind's name.
    public Map<String, Long> firings() {
        return firings.entrySet().stream()
                .collect(Collectors.toMap(
                        each -> each.getKey().getSimpleName(),
                        each -> each.getValue().sum()));
    }

    @Override
    public void close() {
        closed.countDown();
        observing.close();
        looking.close();
        writing.close();
    }

    private void run() {
        try {
            while (!closed.await(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
                time.tick();
                judge(time.millis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void judge(long nowMillis) {
        var looks = new Rules.Looks(observing.state(), looking.state(), writing.state());
        rules.examineDisk(looks, log.get(), nowMillis).ifPresent(this::act);
        news.getAndSet(Optional.empty())
                .ifPresent(seen -> rules.examine(seen, nowMillis).forEach(this::act));
    }

    private void act(Action action) {
        if (closed.getCount() == 0) {
            return;
        }
        LOG.atWarn()
                .addKeyValue("action", action.getClass().getSimpleName())
                .addKeyValue("why", action.why())
                .log("a watchdog acts");
        firings.computeIfAbsent(action.getClass(), _ -> new LongAdder()).increment();
        try {
            action.apply(remedies);
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).addKeyValue("why", action.why()).log("a watchdog's action failed");
        }
    }
}
