package io.metastore.server.watch;

import io.metastore.server.mvcc.Commit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The newest commits, so that a watcher which has nearly caught up need not read the store, and can be made live
/// while it still misses a few. Bounded by number and bytes; the oldest go first.
///
/// For one thread at a time.
final class RecentCommits {
    private static final int MOST = 1000;
    private static final long MOST_BYTES = 1 << 20;

    private final ArrayDeque<Commit> commits = new ArrayDeque<>();
    private long bytes;
    private long first;

    /// @param first the revision of the first commit that will be added
    RecentCommits(long first) {
        this.first = first;
    }

    void add(Commit commit) {
        commits.add(commit);
        bytes += cost(commit);
        while (commits.size() > MOST || bytes > MOST_BYTES) {
            var oldest = commits.remove();
            bytes -= cost(oldest);
            first = oldest.revision() + 1;
        }
    }

    /// Forgets everything.
    void restart(long nextRevision) {
        commits.clear();
        bytes = 0;
        first = nextRevision;
    }

    /// Whether all commits from `revision` on are here.
    boolean covers(long revision) {
        return revision >= first;
    }

    /// The commits from `revision` on, ascending.
    List<Commit> since(long revision) {
        var found = new ArrayList<Commit>();
        for (var newest = commits.descendingIterator(); newest.hasNext(); ) {
            var commit = newest.next();
            if (commit.revision() < revision) {
                break;
            }
            found.add(commit);
        }
        Collections.reverse(found);
        return found;
    }

    private static long cost(Commit commit) {
        long cost = 0;
        for (var event : commit.events()) {
            cost += Pending.cost(event);
        }
        return cost;
    }
}
