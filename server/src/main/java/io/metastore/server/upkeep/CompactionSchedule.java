package io.metastore.server.upkeep;

import java.util.OptionalLong;

/// Decides when to compact, and to which revision. It is asked every `intervalMillis`, and has no clock of its own.
interface CompactionSchedule {
    static CompactionSchedule of(CompactionPolicy policy, long now, long revision) {
        return switch (policy) {
            case CompactionPolicy.Off _ -> new NoSchedule();
            case CompactionPolicy.Periodic(var period) -> new PeriodicSchedule(period, now, revision);
            case CompactionPolicy.Revisions(var keep) -> new RevisionSchedule(keep);
        };
    }

    long intervalMillis();

    /// One interval has passed.
    ///
    /// @param revision the store's newest revision now
    /// @param leading whether this member may compact; it takes its samples anyhow
    /// @return the revision to compact to, if it is time to
    OptionalLong tick(long now, long revision, boolean leading);

    /// The compaction to `revision` is done, by us or by somebody else. Without this it is tried again.
    void compacted(long now, long revision);

    /// Never compacts.
    record NoSchedule() implements CompactionSchedule {
        @Override
        public long intervalMillis() {
            return Long.MAX_VALUE;
        }

        @Override
        public OptionalLong tick(long now, long revision, boolean leading) {
            return OptionalLong.empty();
        }

        @Override
        public void compacted(long now, long revision) {}
    }
}
