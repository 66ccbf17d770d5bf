package io.metastore.server.watch;

import io.metastore.server.mvcc.Commit;
import io.metastore.server.mvcc.MvccStore;
import io.metastore.server.mvcc.MvccView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/// Brings the watchers of one stream that are behind up to date, in steps. A step begins where the watcher stands
/// that was served longest ago, and serves all others that stand there or further on, so that a stream whose watchers
/// all resume at about the same revision reads history once. It reads only as much as the outbox has room for.
///
///     needs: a 5, b 900_000, c 7
///     step from 5: serves a and c, up to 1004    step from 900_000: serves b    step from 1005: a and c again
final class CatchUp {
    /// What one message may hold. etcd bounds it by revisions alone; up to here the messages are the same.
    private static final long MOST_BYTES = 2 << 20;

    private final MvccStore store;
    private final LiveWatchers live;
    private final Semaphore scans;
    private final Behind behind;
    private final Outbox outbox;

    /// @param scans one is held while history is read from the store; it should be fair
    CatchUp(MvccStore store, LiveWatchers live, Semaphore scans, Behind behind, Outbox outbox) {
        this.store = store;
        this.live = live;
        this.scans = scans;
        this.behind = behind;
        this.outbox = outbox;
    }

    /// Whether there is something to read and room for it.
    boolean canStep() {
        return !behind.isEmpty() && outbox.hasRoom();
    }

    /// Reads one part of history and queues what it holds for the watchers. One thread at a time.
    void step() {
        expire(store.compactedRevision());
        var watchers = behind.all();
        if (watchers.isEmpty()) {
            return;
        }
        long from = watchers.getFirst().next();
        var group = watchers.stream().filter(watcher -> watcher.next() >= from).toList();
        var recent = live.since(from);
        if (recent.isEmpty()) {
            readStore(from, group);
        } else if (recent.get().isEmpty()) {
            live.join(group);
        } else {
            readRecent(recent.get(), group);
        }
    }

    private void readRecent(List<Commit> commits, List<Watcher> group) {
        var reading = newReading(group);
        long last = commits.getLast().revision();
        for (var commit : commits) {
            for (var event : commit.events()) {
                if (!reading.take(commit.revision(), event)) {
                    settle(reading, group, reading.revision(), last);
                    return;
                }
            }
        }
        settle(reading, group, last, last);
    }

    /// Reads up to what live watchers were told, even if the store has more: so no watcher is ever ahead of the
    /// progress that is reported.
    private void readStore(long from, List<Watcher> group) {
        scans.acquireUninterruptibly();
        long last = live.told();
        try (var view = store.view()) {
            if (view.isCompacted(from)) {
                expire(view.compactedRevision());
                return;
            }
            var reading = newReading(group);
            settle(reading, group, read(view, from, last, reading), last);
        } finally {
            scans.release();
        }
    }

    /// Reads the changes from `from` to `last`, or as many of them as the reading takes.
    ///
    /// @return the revision up to which it has read
    private static long read(MvccView view, long from, long last, Reading reading) {
        try (var events = view.events(from)) {
            while (events.next()) {
                long revision = events.revision().main();
                if (revision > last) {
                    return last;
                }
                if (!reading.take(revision, events.event())) {
                    return reading.revision();
                }
            }
        }
        return last;
    }

    private Reading newReading(List<Watcher> group) {
        return new Reading(group, Math.clamp(outbox.room(), 1, MOST_BYTES));
    }

    /// Queues what was found and moves the watchers on.
    ///
    /// @param through the revision up to which history was read
    /// @param current the newest revision that live watchers had been told of
    private void settle(Reading reading, List<Watcher> group, long through, long current) {
        reading.gathered().forEach((watcher, gathered) -> outbox.append(watcher, gathered.changes(current)));
        var served = new ArrayList<Watcher>();
        for (var watcher : group) {
            if (watcher.next() <= through) {
                watcher.next(through + 1);
                served.add(watcher);
            }
        }
        behind.served(served);
        live.join(group);
    }

    /// Ends the watchers that need what was given up. They count as behind until that is queued, so that no
    /// progress is reported over them.
    private void expire(long compactedRevision) {
        for (var watcher : behind.all()) {
            if (watcher.next() < compactedRevision) {
                watcher.expire();
                outbox.append(watcher, new Pending.Compaction(watcher.next(), compactedRevision));
                behind.remove(watcher);
            }
        }
    }
}
