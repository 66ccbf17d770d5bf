package io.metastore.server.watch;

import io.metastore.server.model.Event;
import io.metastore.server.mvcc.Commit;
import io.metastore.server.mvcc.MvccStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// The watchers that get changes as they are committed, and the only place where a watcher changes between live and
/// behind. `told` is the revision up to which live watchers were told; a watcher may be live exactly when it needs
/// nothing at or below it. Both are looked at under one lock, hence no gap and no repetition.
///
///     told 7, watcher needs 5: behind. It reads 5 to 7; meanwhile 8 is committed: told 8, the watcher needs 8.
///     It joins: 8 is taken from the recent commits, and 9 it gets as it happens.
///
/// The lock is held for about as long as the work for one commit takes, never while the store is read or a sink is
/// called. It is taken before the monitors of `Behind` and `Outbox`.
final class LiveWatchers {
    /// How many commits a watcher that joins may miss. The next reading is short, so it soon misses fewer.
    private static final int MOST_MISSED = 64;

    private final MvccStore store;
    private final Object lock = new Object();
    private final Interests<Watcher> interests = new Interests<>();
    private final RecentCommits recent;
    private long told;

    LiveWatchers(MvccStore store) {
        this.store = store;
        this.told = store.revision();
        this.recent = new RecentCommits(told + 1);
    }

    /// Tells the live watchers of a commit. A watcher for which there is no room falls behind.
    ///
    /// @return the streams of those watchers
    Collection<WatchStream> committed(long revision, List<Event> events) {
        synchronized (lock) {
            told = revision;
            recent.add(new Commit(revision, events));
            if (interests.isEmpty()) {
                return List.of();
            }
            return events.size() == 1 ? one(revision, events.getFirst()) : several(revision, events);
        }
    }

    /// Opens a watcher: announces it, and makes it live if it needs no history.
    void open(Watcher watcher) {
        synchronized (lock) {
            long current = store.revision();
            long wanted = watcher.spec().startRevision();
            watcher.startAt(wanted == 0 ? current + 1 : wanted, wanted == 0 ? current : wanted);
            watcher.stream().outbox().announce(watcher, new WatchMessage.Created(watcher.id(), current));
            if (watcher.next() > told) {
                enter(watcher);
            } else {
                watcher.stream().behind().add(watcher);
            }
        }
    }

    /// Ends a watcher, whatever its state.
    void remove(Watcher watcher) {
        synchronized (lock) {
            if (watcher.isLive()) {
                leave(watcher);
            }
            watcher.stream().behind().remove(watcher);
            watcher.stream().outbox().stop(watcher);
        }
    }

    /// Makes live those watchers that are behind and miss little or nothing. The others stay behind.
    void join(List<Watcher> watchers) {
        for (var watcher : watchers) {
            synchronized (lock) {
                if (!watcher.isOver() && takesMissed(watcher)) {
                    watcher.stream().behind().remove(watcher);
                    enter(watcher);
                }
            }
        }
    }

    /// The commits that were told, from `revision` to the newest, if they are still in memory.
    Optional<List<Commit>> since(long revision) {
        synchronized (lock) {
            return recent.covers(revision) ? Optional.of(recent.since(revision)) : Optional.empty();
        }
    }

    /// Runs `report` with the revision up to which every live watcher was told; none is told more meanwhile.
    void withTold(Consumer<Long> report) {
        synchronized (lock) {
            report.accept(told);
        }
    }

    long told() {
        synchronized (lock) {
            return told;
        }
    }

    /// The store holds other rows, and is at a later revision, without any commits in between: the live watchers fall
    /// behind.
    ///
    /// @return the streams of those watchers
    Collection<WatchStream> reloaded() {
        synchronized (lock) {
            long current = store.revision();
            var watchers = new ArrayList<Watcher>();
            interests.forEach(watchers::add);
            var streams = new HashSet<WatchStream>();
            for (var watcher : watchers) {
                watcher.next(Math.max(watcher.next(), told + 1));
                if (watcher.next() <= current) {
                    fallBehind(watcher);
                    streams.add(watcher.stream());
                }
            }
            told = current;
            recent.restart(current + 1);
            return streams;
        }
    }

    private Collection<WatchStream> one(long revision, Event event) {
        var wanting = new ArrayList<Watcher>();
        interests.visit(event.keyValue().key(), watcher -> {
            if (watcher.wants(revision, event)) {
                wanting.add(watcher);
            }
        });
        if (wanting.isEmpty()) {
            return List.of();
        }
        var changes = new Pending.Changes(revision, revision, List.of(WatchEvent.of(event)), Pending.cost(event));
        var streams = new HashSet<WatchStream>();
        wanting.forEach(watcher -> tell(watcher, changes, streams));
        return streams;
    }

    private Collection<WatchStream> several(long revision, List<Event> events) {
        var wanted = new LinkedHashMap<Watcher, Gathered>();
        for (var event : events) {
            var watchEvent = WatchEvent.of(event);
            interests.visit(event.keyValue().key(), watcher -> {
                if (watcher.wants(revision, event)) {
                    wanted.computeIfAbsent(watcher, _ -> new Gathered()).add(revision, watchEvent);
                }
            });
        }
        var streams = new HashSet<WatchStream>();
        wanted.forEach((watcher, gathered) -> tell(watcher, gathered.changes(revision), streams));
        return streams;
    }

    private void tell(Watcher watcher, Pending.Changes changes, Set<WatchStream> streams) {
        streams.add(watcher.stream());
        if (watcher.stream().outbox().offer(watcher, changes)) {
            watcher.next(changes.first() + 1);
        } else {
            watcher.next(changes.first());
            fallBehind(watcher);
        }
    }

    /// Whether the watcher needs nothing that was told already, after it was given the little it missed.
    private boolean takesMissed(Watcher watcher) {
        if (watcher.next() > told) {
            return true;
        }
        if (told - watcher.next() >= MOST_MISSED || !recent.covers(watcher.next())) {
            return false;
        }
        var gathered = new Gathered();
        for (var commit : recent.since(watcher.next())) {
            for (var event : commit.events()) {
                if (watcher.keys().contains(event.keyValue().key()) && watcher.wants(commit.revision(), event)) {
                    gathered.add(commit.revision(), WatchEvent.of(event));
                }
            }
        }
        if (!gathered.isEmpty()) {
            watcher.stream().outbox().append(watcher, gathered.changes(told));
        }
        watcher.next(told + 1);
        return true;
    }

    private void enter(Watcher watcher) {
        watcher.live(true);
        interests.add(watcher.keys(), watcher);
    }

    private void leave(Watcher watcher) {
        watcher.live(false);
        interests.remove(watcher.keys(), watcher);
    }

    private void fallBehind(Watcher watcher) {
        leave(watcher);
        watcher.stream().behind().add(watcher);
    }
}
