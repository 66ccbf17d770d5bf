package io.metastore.server.upkeep;

import java.time.Duration;
import java.util.OptionalLong;

/// Every five minutes compacts to `keep` revisions below the newest, unless nothing changed since.
///
/// Source: etcd's revision compactor.
final class RevisionSchedule implements CompactionSchedule {
    private static final Duration INTERVAL = Duration.ofMinutes(5);

    private final long keep;
    private long lastRevision;

    RevisionSchedule(long keep) {
        this.keep = keep;
    }

    @Override
    public long intervalMillis() {
        return INTERVAL.toMillis();
    }

    @Override
    public OptionalLong tick(long now, long revision, boolean leading) {
        long target = revision - keep;
        return leading && target > 0 && target != lastRevision ? OptionalLong.of(target) : OptionalLong.empty();
    }

    @Override
    public void compacted(long now, long revision) {
        lastRevision = revision;
    }
}
