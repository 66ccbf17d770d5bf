package io.metastore.server.watch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// What one stream has to tell and has not told yet. Answers go out in order, each before any event of a watcher it
/// opens; watchers with events take turns, one message each, so that a busy one does not hold up a quiet one.
///
///     answers: created 2, progress 7        turns: 0 [5, 6, 8]  1 [6]
///     taken:   created 2, 0 at 5, 1 at 6, 0 at 6, progress 7, 0 at 8
///
/// Progress is a barrier: it waits until everything up to its revision has been taken, and nothing beyond it is taken
/// before it. Any thread may call; nothing here calls out, so its monitor is the innermost lock.
final class Outbox {
    private static final int MOST_PROGRESS = 64;

    private final Budget budget;
    private final ArrayDeque<Answer> answers = new ArrayDeque<>(1);
    private final ArrayDeque<Watcher> turns = new ArrayDeque<>(1);
    private int waitingProgress;
    private long queued;
    private long taken;
    private long events;
    private boolean closed;

    Outbox(Budget budget) {
        this.budget = budget;
    }

    /// A message and, for events, whether the values before them are to be added.
    record Outgoing(WatchMessage message, boolean previous) {}

    private sealed interface Answer {
        record Announcement(Watcher watcher, WatchMessage.Created created) implements Answer {}

        record Farewell(Watcher watcher, WatchMessage.Cancelled cancelled) implements Answer {}

        record Statement(WatchMessage message) implements Answer {}

        record Barrier(WatchMessage.Progress progress) implements Answer {}
    }

    /// Announces a watcher; what was put into its queue until this is taken is told after it.
    synchronized void announce(Watcher watcher, WatchMessage.Created created) {
        answer(new Answer.Announcement(watcher, created));
    }

    /// Says that a watcher was cancelled, and drops what is still in its queue when that is taken, not before: there
    /// may be a report of progress in between that counts on it.
    synchronized void bidFarewell(Watcher watcher, WatchMessage.Cancelled cancelled) {
        answer(new Answer.Farewell(watcher, cancelled));
    }

    synchronized void say(WatchMessage message) {
        answer(new Answer.Statement(message));
    }

    /// Reports progress after everything that is queued now. Everything up to its revision must be queued already.
    /// Too many unsent reports are not kept: the client asks again.
    synchronized void report(WatchMessage.Progress progress) {
        if (waitingProgress < MOST_PROGRESS && !closed) {
            waitingProgress++;
            answer(new Answer.Barrier(progress));
        }
    }

    /// As `report`, for one watcher, and only if it was told nothing since the last `rest` and has nothing waiting.
    synchronized void reportIfQuiet(Watcher watcher, WatchMessage.Progress progress) {
        if (watcher.isQuiet() && !watcher.hasPending()) {
            report(progress);
        }
    }

    /// Begins a new stretch of time in which the watcher counts as quiet until it is told of an event.
    synchronized void rest(Watcher watcher) {
        watcher.quiet(true);
    }

    /// Queues changes, if memory allows it.
    ///
    /// @return false if there was no room: nothing was queued
    synchronized boolean offer(Watcher watcher, Pending.Changes changes) {
        if (queued + taken + changes.bytes() > budget.allowance()) {
            return false;
        }
        append(watcher, changes);
        return true;
    }

    /// Queues something for which room was found before.
    synchronized void append(Watcher watcher, Pending pending) {
        if (closed || watcher.isOver()) {
            return;
        }
        watcher.add(pending);
        queued += pending.bytes();
        events += pending.count();
        budget.charge(pending.bytes());
        takeTurn(watcher);
    }

    /// Whether history should be read for this stream: there is room for about as much again as it holds.
    synchronized boolean hasRoom() {
        return 2 * (queued + taken) <= budget.allowance();
    }

    /// How many bytes of history to read at once.
    synchronized long room() {
        return budget.allowance() - queued - taken;
    }

    /// How many answers have not been taken.
    synchronized int waitingAnswers() {
        return answers.size();
    }

    /// How many events are queued.
    synchronized long waitingEvents() {
        return events;
    }

    /// Queues nothing more for a watcher.
    synchronized void stop(Watcher watcher) {
        watcher.end();
    }

    /// Takes what is to be told next, until the bytes reach `limit`, answers not counted; empty when nothing waits.
    /// The bytes stay counted until `sent`.
    synchronized List<Outgoing> take(long limit) {
        var messages = new ArrayList<Outgoing>();
        long end = taken + limit;
        takeAnswers(messages);
        while (answers.peek() instanceof Answer.Barrier(var progress)) {
            if (!takeTurns(messages, end, progress.revision())) {
                return messages;
            }
            answers.remove();
            waitingProgress--;
            messages.add(new Outgoing(progress, false));
            takeAnswers(messages);
        }
        takeTurns(messages, end, Long.MAX_VALUE);
        return messages;
    }

    /// What was taken has left this member's memory.
    synchronized void sent() {
        budget.release(taken);
        taken = 0;
    }

    synchronized void close() {
        closed = true;
        budget.release(queued + taken);
        queued = 0;
        events = 0;
        taken = 0;
        answers.clear();
        turns.clear();
    }

    private void answer(Answer answer) {
        if (!closed) {
            answers.add(answer);
        }
    }

    private void takeTurn(Watcher watcher) {
        if (watcher.isAnnounced() && !watcher.isInTurn() && watcher.hasPending()) {
            watcher.inTurn(true);
            turns.add(watcher);
        }
    }

    /// Takes the answers up to a barrier, which stays, or all of them.
    private void takeAnswers(List<Outgoing> messages) {
        while (true) {
            switch (answers.peek()) {
                case null -> {
                    return;
                }
                case Answer.Barrier _ -> {
                    return;
                }
                case Answer.Statement(var message) -> messages.add(new Outgoing(message, false));
                case Answer.Farewell(var watcher, var cancelled) -> {
                    messages.add(new Outgoing(cancelled, false));
                    drop(watcher);
                }
                case Answer.Announcement(var watcher, var created) -> {
                    messages.add(new Outgoing(created, false));
                    watcher.announce();
                    takeTurn(watcher);
                }
            }
            answers.remove();
        }
    }

    private void drop(Watcher watcher) {
        for (var pending : watcher.dropPending()) {
            queued -= pending.bytes();
            events -= pending.count();
            budget.release(pending.bytes());
        }
    }

    /// Takes what begins at or below the revision `until`.
    ///
    /// @return whether nothing of that is left
    private boolean takeTurns(List<Outgoing> messages, long end, long until) {
        var later = new ArrayDeque<Watcher>(1);
        while (taken < end && !turns.isEmpty()) {
            var watcher = turns.remove();
            var pending = watcher.firstPending();
            if (pending == null) {
                watcher.inTurn(false);
            } else if (pending.first() > until) {
                later.add(watcher);
            } else {
                messages.add(takeFirst(watcher, pending));
            }
        }
        boolean nothingLeft = turns.isEmpty();
        turns.addAll(later);
        return nothingLeft;
    }

    private Outgoing takeFirst(Watcher watcher, Pending pending) {
        watcher.removePending();
        queued -= pending.bytes();
        events -= pending.count();
        taken += pending.bytes();
        watcher.inTurn(false);
        takeTurn(watcher);
        return switch (pending) {
            case Pending.Compaction compaction ->
                new Outgoing(new WatchMessage.Compacted(watcher.id(), compaction.compactRevision()), false);
            case Pending.Changes changes -> {
                watcher.quiet(false);
                var spec = watcher.spec();
                var events =
                        new WatchMessage.Events(watcher.id(), changes.revision(), changes.events(), spec.fragment());
                yield new Outgoing(events, spec.previous());
            }
        };
    }
}
