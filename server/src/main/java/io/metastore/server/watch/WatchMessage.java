package io.metastore.server.watch;

import java.util.List;

/// What a stream tells its client, in the order in which the client must see it. `revision` is the one for the
/// header of the answer.
public sealed interface WatchMessage {
    /// The id that stands for the stream as a whole, or for a watcher that never was.
    long NO_ID = -1;

    /// A watcher was opened; its events follow, never precede.
    record Created(long id, long revision) implements WatchMessage {}

    /// A watcher was not opened: in etcd's API created and cancelled at once, with the id -1.
    record Refused(Refusal refusal, long revision) implements WatchMessage {}

    /// As `Refused`, by the listener, for a reason of its own.
    record Denied(String reason, long revision) implements WatchMessage {}

    /// Changes, ascending, whole revisions only, never empty. `revision` is that of the events for a watcher that is
    /// up to date, and the store's at that time for one that is catching up.
    ///
    /// @param fragment the wish of the watcher's `WatchSpec`
    record Events(long id, long revision, List<WatchEvent> events, boolean fragment) implements WatchMessage {}

    /// The client cancelled the watcher; nothing follows under this id unless it is used anew.
    record Cancelled(long id, long revision) implements WatchMessage {}

    /// The watcher has ended, since changes it was still to be told were given up by a compaction. Its header's
    /// revision is 0. The id stays taken until the client cancels it.
    record Compacted(long id, long compactRevision) implements WatchMessage {}

    /// Everything up to and including `revision` has been told: to the watcher `id`, or to all of the stream
    /// (`NO_ID`).
    record Progress(long id, long revision) implements WatchMessage {}

    /// Why a watcher was not opened.
    enum Refusal {
        EMPTY_RANGE,
        DUPLICATE_ID,
        /// The start revision was negative, which etcd reports as compacted.
        NEGATIVE_START
    }
}
