package io.metastore.server.upkeep;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/// Compacts to the revision of one period ago, first after one whole period, then every period or every hour,
/// whichever is shorter. The revision is noted ten times in that span; a compaction that did not succeed is tried
/// again at the next note.
///
///     period 1 h: notes every 6 min, first compaction after 1 h to the first note, then every 1 h
///     period 24 h: notes every 6 min, first compaction after 24 h, then every 1 h to the note of 24 h ago
///
/// Source: etcd's periodic compactor, whose notes these are, one by one.
final class PeriodicSchedule implements CompactionSchedule {
    private static final Duration LONGEST_SPAN = Duration.ofHours(1);
    private static final int NOTES_A_SPAN = 10;

    private final long spanMillis;
    private final long intervalMillis;
    private final int notesKept;
    private final Deque<Long> notes = new ArrayDeque<>();

    /// How long after `lastSuccess` the next compaction is due.
    private long pauseMillis;

    private long lastSuccess;
    private long lastRevision;

    PeriodicSchedule(Duration period, long now, long revision) {
        this.spanMillis = Math.min(period.toMillis(), LONGEST_SPAN.toMillis());
        this.intervalMillis = spanMillis / NOTES_A_SPAN;
        this.notesKept = Math.toIntExact(period.toMillis() / intervalMillis) + 1;
        this.pauseMillis = period.toMillis();
        this.lastSuccess = now;
        notes.add(revision);
    }

    @Override
    public long intervalMillis() {
        return intervalMillis;
    }

    @Override
    public OptionalLong tick(long now, long revision, boolean leading) {
        var due = leading ? due(now) : OptionalLong.empty();
        notes.addLast(revision);
        if (notes.size() > notesKept) {
            notes.removeFirst();
        }
        return due;
    }

    @Override
    public void compacted(long now, long revision) {
        lastSuccess = now;
        lastRevision = revision;
    }

    private OptionalLong due(long now) {
        long oldest = notes.getFirst();
        if (now - lastSuccess < pauseMillis || oldest == lastRevision) {
            return OptionalLong.empty();
        }
        pauseMillis = spanMillis;
        return OptionalLong.of(oldest);
    }
}
