package io.metastore.server.watch;

import io.metastore.server.model.Event;
import io.metastore.server.model.KeyRange;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One watch of a stream. It is in one of three states: *live*, it gets changes as they happen; *behind*, it reads
/// them from history; *over*, it was cancelled or needs what a compaction gave up.
///
/// Everything below `next` was put into its queue or did not concern it. The queue holds what was not yet taken for
/// delivery, in order, whatever the state.
final class Watcher {
    private static final int LONG = 64;

    private final WatchStream stream;
    private final long id;
    private final WatchSpec spec;

    // Guarded by the lock of LiveWatchers while the watcher is live; the catch-up task of the stream has it otherwise.
    private long next;
    private long notBefore;
    private boolean live;

    // Guarded by the outbox of the stream.
    private ArrayDeque<Pending> queue = new ArrayDeque<>(1);
    private boolean wasLong;
    private boolean over;
    private boolean announced;
    private boolean inTurn;
    private boolean quiet = true;

    private volatile boolean expired;

    Watcher(WatchStream stream, long id, WatchSpec spec) {
        this.stream = stream;
        this.id = id;
        this.spec = spec;
    }

    WatchStream stream() {
        return stream;
    }

    long id() {
        return id;
    }

    WatchSpec spec() {
        return spec;
    }

    KeyRange keys() {
        return spec.keys();
    }

    /// Fixes where the watcher begins.
    ///
    /// @param first the first revision it is told of
    /// @param earliestProgress the first revision that may be reported to it as progress
    void startAt(long first, long earliestProgress) {
        next = first;
        notBefore = earliestProgress;
    }

    long next() {
        return next;
    }

    void next(long revision) {
        next = revision;
    }

    long notBefore() {
        return notBefore;
    }

    boolean isLive() {
        return live;
    }

    void live(boolean now) {
        live = now;
    }

    /// Whether this change, whose key is in the watcher's range, is one to tell.
    boolean wants(long revision, Event event) {
        return revision >= next && !spec.excluded().contains(event.kind());
    }

    void add(Pending pending) {
        queue.add(pending);
        wasLong |= queue.size() > LONG;
    }

    boolean hasPending() {
        return !queue.isEmpty();
    }

    /// What is to be told next; null when nothing waits.
    @Nullable Pending firstPending() {
        return queue.peek();
    }

    /// Removes what is to be told next. A queue that was long once gives its memory back when it is empty.
    void removePending() {
        queue.remove();
        if (wasLong && queue.isEmpty()) {
            queue = new ArrayDeque<>(1);
            wasLong = false;
        }
    }

    boolean isOver() {
        return over;
    }

    /// From now on nothing is added to the queue.
    void end() {
        over = true;
    }

    /// Empties the queue.
    ///
    /// @return what was in it
    List<Pending> dropPending() {
        var dropped = List.copyOf(queue);
        queue = new ArrayDeque<>(1);
        return dropped;
    }

    boolean isAnnounced() {
        return announced;
    }

    void announce() {
        announced = true;
    }

    /// Whether the watcher stands in the outbox's row of those that have something to tell.
    boolean isInTurn() {
        return inTurn;
    }

    void inTurn(boolean now) {
        inTurn = now;
    }

    /// Whether no event was taken for it since `quiet(true)`.
    boolean isQuiet() {
        return quiet;
    }

    void quiet(boolean now) {
        quiet = now;
    }

    /// Whether a compaction ended it; the client has not cancelled it yet.
    boolean isExpired() {
        return expired;
    }

    void expire() {
        expired = true;
    }
}
