package io.metastore.server.watch;

import io.metastore.server.model.Event;
import io.metastore.server.mvcc.CommitListener;
import io.metastore.server.mvcc.MvccStore;
import io.metastore.server.watch.WatchSink.Ending;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/// Tells watchers about changes: each watcher gets every change of its keys from its first revision on, once, in
/// order, a revision never in parts unless the listener splits it, however slow its client is.
///
/// The thread that commits finds the watchers of each change, puts it into their queues, wakes their streams, and
/// never waits for them. A stream delivers in a task of its own. A watcher whose stream holds too much already, or
/// that starts in the past, reads what it misses from the store and then joins the others.
///
///     committed → Interests → Outbox of each stream → WatchSink            (live)
///                                ↑ CatchUp ← RecentCommits, MvccStore      (behind)
public final class WatchHub implements CommitListener, AutoCloseable {
    private static final Duration SHORTEST_PULSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PULSE = Duration.ofSeconds(1);

    private final WatchSettings settings;
    private final Workings workings;
    private final WatchClock.Repetition pulse;
    private final Set<WatchStream> streams = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /// A hub of which nobody is told.
    public WatchHub(MvccStore store, WatchSettings settings) {
        this(store, settings, WatchMeter.NONE);
    }

    public WatchHub(MvccStore store, WatchSettings settings, WatchMeter meter) {
        this.settings = settings;
        this.workings = new Workings(
                store,
                new LiveWatchers(store),
                new Budget(settings.memory()),
                new Semaphore(settings.parallelScans(), true),
                settings.executor(),
                new LongAdder(),
                meter);
        this.pulse = settings.clock().every(pulsePeriod(settings), this::pulse);
    }

    /// Opens a stream without watchers. The sink may be called before this returns.
    public WatchStream open(WatchSink sink) {
        var stream = new WatchStream(workings, sink, newTimer(), streams::remove);
        streams.add(stream);
        if (closed) {
            stream.end(Ending.STOPPED);
        }
        return stream;
    }

    @Override
    public void committed(long revision, List<Event> events) {
        wake(workings.live().committed(revision, events));
    }

    /// The store was replaced by a newer state, without the commits in between. On the thread that commits, after
    /// `MvccStore.reload`.
    public void reloaded() {
        wake(workings.live().reloaded());
    }

    public WatchLoad load() {
        int watchers = 0;
        int behind = 0;
        long events = 0;
        for (var stream : streams) {
            watchers += stream.watchers();
            behind += stream.behind().size();
            events += stream.outbox().waitingEvents();
        }
        return new WatchLoad(streams.size(), watchers, behind, workings.budget().used(), events);
    }

    /// How many events were handed to listeners so far.
    public long told() {
        return workings.told().sum();
    }

    /// Ends all streams; their sinks are told soon after.
    @Override
    public void close() {
        closed = true;
        pulse.close();
        streams.forEach(stream -> stream.end(Ending.STOPPED));
    }

    private void pulse() {
        long now = settings.clock().nanos();
        streams.forEach(stream -> stream.tick(now));
    }

    private ProgressTimer newTimer() {
        long interval = settings.progressInterval().toNanos();
        return new ProgressTimer(
                settings.clock().nanos(), interval + settings.random().nextLong(interval / 10));
    }

    /// A quarter of the tenth by which streams differ, so that they are told at different times.
    private static Duration pulsePeriod(WatchSettings settings) {
        var wanted = settings.progressInterval().dividedBy(40);
        if (wanted.compareTo(SHORTEST_PULSE) < 0) {
            return SHORTEST_PULSE;
        }
        return wanted.compareTo(LONGEST_PULSE) > 0 ? LONGEST_PULSE : wanted;
    }

    private static void wake(Collection<WatchStream> streams) {
        streams.forEach(WatchStream::wake);
    }
}
