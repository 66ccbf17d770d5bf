package io.metastore.server.watch;

import io.metastore.server.model.Event;
import io.metastore.server.model.KeyRange;
import java.util.Set;

/// What a client wants to be told.
///
/// @param id the watch id on its stream, 0 to have one chosen
/// @param keys the keys to watch; an empty range is refused
/// @param startRevision the first revision wanted: 0 means from now on, it may lie in the future, below 0 is
///     refused
/// @param excluded kinds of events the client does not want; a message that would hold no other is not sent
/// @param progressNotify tell the revision now and then while nothing happens
/// @param previous add to each event what the key held before it
/// @param fragment whether the listener may split one message over several; handed back with the events
public record WatchSpec(
        long id,
        KeyRange keys,
        long startRevision,
        Set<Event.Kind> excluded,
        boolean progressNotify,
        boolean previous,
        boolean fragment) {
    public WatchSpec {
        excluded = Set.copyOf(excluded);
    }

    /// Every change of `keys` from now on.
    public static WatchSpec of(KeyRange keys) {
        return new WatchSpec(0, keys, 0, Set.of(), false, false, false);
    }

    public WatchSpec from(long revision) {
        return new WatchSpec(id, keys, revision, excluded, progressNotify, previous, fragment);
    }

    public WatchSpec withId(long wanted) {
        return new WatchSpec(wanted, keys, startRevision, excluded, progressNotify, previous, fragment);
    }

    public WatchSpec without(Event.Kind... kinds) {
        return new WatchSpec(id, keys, startRevision, Set.of(kinds), progressNotify, previous, fragment);
    }

    public WatchSpec withProgress() {
        return new WatchSpec(id, keys, startRevision, excluded, true, previous, fragment);
    }

    public WatchSpec withPrevious() {
        return new WatchSpec(id, keys, startRevision, excluded, progressNotify, true, fragment);
    }

    public WatchSpec withFragments() {
        return new WatchSpec(id, keys, startRevision, excluded, progressNotify, previous, true);
    }
}
