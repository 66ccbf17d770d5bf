package io.metastore.server.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Checks all that one stream was told against all that was committed: ordered, unique, atomic, reliable, filtered,
/// with the right values before, and with progress that is true.
final class WatchCheck {
    private final Told history;
    private final Map<Long, WatchSpec> specs;
    private final long compacted;
    private final Map<Long, Watch> open = new HashMap<>();
    private int events;
    private long reported = -1;

    /// @param specs of all watchers ever asked for on the stream, by id
    /// @param compacted the last compaction
    WatchCheck(Told history, Map<Long, WatchSpec> specs, long compacted) {
        this.history = history;
        this.specs = specs;
        this.compacted = compacted;
    }

    void check(List<WatchMessage> messages) {
        for (var message : messages) {
            switch (message) {
                case WatchMessage.Created created -> created(created);
                case WatchMessage.Events told -> told(told);
                case WatchMessage.Cancelled cancelled -> cancelled(cancelled.id());
                case WatchMessage.Compacted(var id, var revision) -> compacted(id, revision);
                case WatchMessage.Progress(var id, var revision) -> progress(id, revision);
                case WatchMessage.Refused refused -> throw new AssertionError(refused.toString());
                case WatchMessage.Denied denied -> throw new AssertionError(denied.toString());
            }
        }
    }

    /// Every watcher that is still open was told everything, and last of all that this is so: one is open.
    void checkComplete() {
        assertThat(reported)
                .as("revision of the last report on the whole stream")
                .isEqualTo(history.newestRevision());
        open.forEach((id, watch) -> assertThat(history.next(watch.next, history.newestRevision(), watch.spec))
                .as("next revision of watch %d %s", id, watch.spec)
                .isGreaterThan(history.newestRevision()));
    }

    int events() {
        return events;
    }

    private void created(WatchMessage.Created created) {
        var spec = spec(created.id());
        long start = spec.startRevision() == 0 ? created.revision() + 1 : spec.startRevision();
        assertThat(open.put(created.id(), new Watch(spec, start))).isNull();
    }

    /// A watcher that a compaction ended is cancelled by its client too.
    private void cancelled(long id) {
        assertThat(specs).containsKey(id);
        open.remove(id);
    }

    private void told(WatchMessage.Events message) {
        var watch = Objects.requireNonNull(open.get(message.id()), message::toString);
        assertThat(message.events()).isNotEmpty();
        for (var revision : revisions(message.events())) {
            long main = revision.getFirst().event().keyValue().modRevision();
            assertThat(main)
                    .as("next revision for watch %d %s", message.id(), watch.spec)
                    .isEqualTo(history.next(watch.next, main, watch.spec));
            checkEvents(watch.spec, history.of(main, watch.spec), revision);
            watch.next = main + 1;
        }
        assertThat(message.revision()).isGreaterThanOrEqualTo(watch.next - 1);
        events += message.events().size();
    }

    private void checkEvents(WatchSpec spec, List<WatchEvent> expected, List<WatchEvent> actual) {
        assertThat(actual.stream().map(WatchEvent::event))
                .isEqualTo(expected.stream().map(WatchEvent::event).toList());
        for (int i = 0; i < actual.size(); i++) {
            var previous = actual.get(i).previous();
            long before = actual.get(i).event().keyValue().modRevision() - 1;
            boolean mayBeMissing = !spec.previous() || before < compacted;
            if (!previous.isEmpty() || !mayBeMissing) {
                assertThat(spec.previous()).isTrue();
                assertThat(previous).isEqualTo(expected.get(i).previous());
            }
        }
    }

    private void compacted(long id, long revision) {
        var watch = Objects.requireNonNull(open.remove(id), () -> "no watch " + id + " to be ended");
        assertThat(revision).isBetween(watch.next + 1, compacted);
    }

    private void progress(long id, long revision) {
        if (id == WatchMessage.NO_ID) {
            reported = revision;
            assertThat(open).isNotEmpty();
            open.values().forEach(watch -> progress(watch, revision));
        } else {
            assertThat(spec(id).progressNotify()).isTrue();
            progress(Objects.requireNonNull(open.get(id), () -> "no watch " + id + " to make progress"), revision);
        }
    }

    private void progress(Watch watch, long revision) {
        assertThat(revision).isGreaterThanOrEqualTo(watch.spec.startRevision());
        assertThat(watch.next).as("progress does not go back").isLessThanOrEqualTo(revision + 1);
        assertThat(history.next(watch.next, revision, watch.spec))
                .as("first revision not told before the progress")
                .isEqualTo(revision + 1);
        watch.next = revision + 1;
    }

    private WatchSpec spec(long id) {
        return Objects.requireNonNull(specs.get(id), () -> "watch " + id + " was never asked for");
    }

    /// The events, cut where the revision changes.
    private static List<List<WatchEvent>> revisions(List<WatchEvent> events) {
        var revisions = new ArrayList<List<WatchEvent>>();
        long last = -1;
        for (var event : events) {
            long revision = event.event().keyValue().modRevision();
            if (revision != last) {
                revisions.add(new ArrayList<>());
                last = revision;
            }
            revisions.getLast().add(event);
        }
        return revisions;
    }

    private static final class Watch {
        private final WatchSpec spec;
        private long next;

        Watch(WatchSpec spec, long next) {
            this.spec = spec;
            this.next = next;
        }
    }
}
