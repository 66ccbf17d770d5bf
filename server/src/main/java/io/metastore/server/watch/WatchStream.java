package io.metastore.server.watch;

import io.metastore.server.watch.WatchMessage.Refusal;
import io.metastore.server.watch.WatchSink.Ending;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The watches of one client. Its requests are answered through the sink, in the order in which they were made. None
/// of the methods block; any thread may call them, one at a time for the order to mean something.
///
/// The listener should read no further requests while `waitingAnswers` is large: answers to them are kept until the
/// sink takes them.
public final class WatchStream implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WatchStream.class);
    private static final long BYTES_A_DELIVERY = 64 << 10;

    private final Workings workings;
    private final WatchSink sink;
    private final ProgressTimer timer;
    private final Consumer<WatchStream> forget;
    private final Outbox outbox;
    private final Behind behind = new Behind();
    private final CatchUp catchUp;
    private final PreviousValues previousValues;
    private final SerialTask delivery;
    private final SerialTask reading;
    private final AtomicReference<Optional<Ending>> ending = new AtomicReference<>(Optional.empty());

    // Guarded by this. Taken before the lock of LiveWatchers.
    private final Map<Long, Watcher> watchers = new HashMap<>();
    private final Set<Watcher> future = new HashSet<>();
    private long nextId;

    private volatile boolean closed;
    private volatile boolean stuck;

    /// @param forget is called once, when the stream is closed
    WatchStream(Workings workings, WatchSink sink, ProgressTimer timer, Consumer<WatchStream> forget) {
        this.workings = workings;
        this.sink = sink;
        this.timer = timer;
        this.forget = forget;
        this.outbox = new Outbox(workings.budget());
        this.catchUp = new CatchUp(workings.store(), workings.live(), workings.scans(), behind, outbox);
        this.previousValues = new PreviousValues(workings.store());
        this.delivery = new SerialTask(workings.executor(), () -> attempt(this::deliver));
        this.reading = new SerialTask(workings.executor(), () -> attempt(this::read));
    }

    /// Opens a watcher; the answer is `Created`, before its first event, or `Refused`.
    public synchronized void create(WatchSpec spec) {
        if (closed) {
            return;
        }
        var refusal = refusal(spec);
        if (refusal.isPresent()) {
            outbox.say(new WatchMessage.Refused(refusal.get(), workings.store().revision()));
        } else {
            open(spec);
        }
        wake();
    }

    /// Answers a request for a watcher that the listener does not let through with `Denied`.
    public synchronized void deny(String reason) {
        if (!closed) {
            outbox.say(new WatchMessage.Denied(reason, workings.store().revision()));
            wake();
        }
    }

    /// Cancels a watcher; the answer is `Cancelled`, after which nothing more is told under this id. An unknown id is
    /// not answered.
    public synchronized void cancel(long id) {
        var watcher = watchers.remove(id);
        if (watcher == null) {
            return;
        }
        future.remove(watcher);
        workings.live().remove(watcher);
        outbox.bidFarewell(
                watcher, new WatchMessage.Cancelled(id, workings.store().revision()));
        wake();
    }

    /// Asks how far all watchers of the stream are. The answer is one `Progress` with the id `NO_ID`, after every
    /// event up to its revision. There is none if a watcher is behind or starts later than that, or if no watcher
    /// is open.
    public synchronized void requestProgress() {
        workings.live().withTold(told -> {
            future.removeIf(watcher -> watcher.notBefore() <= told);
            if (future.isEmpty() && behind.isEmpty() && hasOpenWatchers()) {
                outbox.report(new WatchMessage.Progress(WatchMessage.NO_ID, told));
            }
        });
        wake();
    }

    /// Tells that the sink may be ready again.
    public void resume() {
        stuck = false;
        delivery.wake();
    }

    /// How many answers to requests wait for the sink.
    public int waitingAnswers() {
        return outbox.waitingAnswers();
    }

    /// Ends all watchers without a word, since the client is gone. A delivery that is under way may still finish.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        watchers.values().forEach(workings.live()::remove);
        watchers.clear();
        future.clear();
        outbox.close();
        forget.accept(this);
    }

    /// Ends the stream from this side; the sink is told, unless the client closes first.
    void end(Ending why) {
        ending.compareAndSet(Optional.empty(), Optional.of(why));
        delivery.wake();
    }

    /// Delivers what waits, soon and elsewhere.
    void wake() {
        if (!stuck) {
            delivery.wake();
        }
    }

    /// Reports progress to quiet watchers that want it, if it is time.
    synchronized void tick(long nowNanos) {
        if (!timer.isDue(nowNanos)) {
            return;
        }
        long start = System.nanoTime();
        for (var watcher : watchers.values()) {
            if (watcher.spec().progressNotify()) {
                workings.live().withTold(told -> report(watcher, told));
            }
        }
        workings.meter().reported(System.nanoTime() - start);
        wake();
    }

    Outbox outbox() {
        return outbox;
    }

    Behind behind() {
        return behind;
    }

    synchronized int watchers() {
        return watchers.size();
    }

    private Optional<Refusal> refusal(WatchSpec spec) {
        if (spec.startRevision() < 0) {
            return Optional.of(Refusal.NEGATIVE_START);
        }
        if (spec.keys().isEmpty()) {
            return Optional.of(Refusal.EMPTY_RANGE);
        }
        return spec.id() != 0 && watchers.containsKey(spec.id()) ? Optional.of(Refusal.DUPLICATE_ID) : Optional.empty();
    }

    private void open(WatchSpec spec) {
        var watcher = new Watcher(this, spec.id() != 0 ? spec.id() : unusedId(), spec);
        watchers.put(watcher.id(), watcher);
        workings.live().open(watcher);
        if (watcher.notBefore() > workings.live().told()) {
            future.add(watcher);
        }
    }

    private long unusedId() {
        while (watchers.containsKey(nextId)) {
            nextId++;
        }
        return nextId++;
    }

    private boolean hasOpenWatchers() {
        return watchers.values().stream().anyMatch(watcher -> !watcher.isExpired());
    }

    private void report(Watcher watcher, long told) {
        if (watcher.isLive() && watcher.notBefore() <= told) {
            outbox.reportIfQuiet(watcher, new WatchMessage.Progress(watcher.id(), told));
        }
        outbox.rest(watcher);
    }

    private void deliver() {
        while (!closed) {
            var why = ending.get();
            if (why.isPresent()) {
                close();
                sink.ended(why.get());
                return;
            }
            if (!isReady()) {
                return;
            }
            outbox.sent();
            if (catchUp.canStep()) {
                reading.wake();
            }
            var messages = previousValues.addTo(outbox.take(BYTES_A_DELIVERY));
            if (messages.isEmpty()) {
                return;
            }
            sink.deliver(messages);
            workings.told().add(events(messages));
        }
    }

    private static long events(List<WatchMessage> messages) {
        long events = 0;
        for (var message : messages) {
            if (message instanceof WatchMessage.Events(var _, var _, var told, var _)) {
                events += told.size();
            }
        }
        return events;
    }

    /// Whether the sink takes more. If not, only `resume` starts the delivery again; that it came in between is seen
    /// by asking twice.
    private boolean isReady() {
        if (sink.ready()) {
            return true;
        }
        stuck = true;
        if (!sink.ready()) {
            return false;
        }
        stuck = false;
        return true;
    }

    private void read() {
        while (!closed && !stuck && catchUp.canStep()) {
            catchUp.step();
            wake();
        }
    }

    /// Runs a part of the work; if it fails the stream ends, and only this one.
    private void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failure) {
            if (!closed) {
                LOG.atWarn().setCause(failure).log("a watch stream failed and is ended");
                workings.meter().failed();
                end(Ending.FAILED);
            }
        }
    }
}
