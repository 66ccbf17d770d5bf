package io.metastore.e2e.history;

import java.util.List;

/// One watch on one stream, and all that was told on it, in its order. A watch that is resumed is another
/// one.
///
/// @param name for reports: who watched, and where
/// @param told without responses of other watches
public record Watch(String name, Asked asked, List<Told> told) {
    public Watch {
        told = List.copyOf(told);
    }

    /// What the watcher wants to be told.
    ///
    /// @param start the first revision that is wanted, 0 for those after the watch's creation
    /// @param previous whether events tell what their key was before
    public record Asked(Keys keys, long start, boolean previous, boolean puts, boolean deletes) {
        public static Asked all(Keys keys, long start) {
            return new Asked(keys, start, false, true, true);
        }
    }

    public sealed interface Told {}

    /// The watch begins.
    ///
    /// @param revision of the store when the watch was made
    public record Created(long revision) implements Told {}

    /// Changes.
    ///
    /// @param revision of the header
    public record Events(long revision, List<Event> events) implements Told {
        public Events {
            events = List.copyOf(events);
        }
    }

    /// All changes up to and with this revision have been told.
    public record Progress(long revision) implements Told {}

    /// The watch ends.
    ///
    /// @param compacted the revision of the last compaction, 0 when the watch was cancelled for another
    ///     reason
    public record Canceled(long compacted, String reason) implements Told {}
}
