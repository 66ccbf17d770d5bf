package io.metastore.server.watch;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;

/// A store, its hub and one stream, all on the test's thread: nothing is delivered before `messages()`.
class HubFixture {
    static final Duration INTERVAL = Duration.ofSeconds(10);

    /// All waiting events of a stream together have at most 64 KiB, or 16 when others hold much.
    static final WatchSettings.Memory MEMORY = new WatchSettings.Memory(1 << 20, 64 << 10, 16 << 10);

    final FakeClock clock = new FakeClock();
    final QueuedExecutor executor = new QueuedExecutor();
    final WatchedStore store = new WatchedStore(new WatchSettings(INTERVAL, MEMORY, 2, executor, clock, new Random(1)));
    final WatchHub hub = store.hub();
    final RecordingSink sink = new RecordingSink();
    final WatchStream stream = hub.open(sink);

    @AfterEach
    void close() {
        store.close();
        executor.runAll();
    }

    /// What the sink was told since the last call.
    List<WatchMessage> messages() {
        executor.runAll();
        return sink.taken();
    }

    /// Each message in short: `created 0 @1`, `events 0 @3: put a 1 | delete b`, with `(was x)` for the value
    /// before.
    List<String> told() {
        return messages().stream().map(HubFixture::brief).toList();
    }

    static String brief(WatchMessage message) {
        return switch (message) {
            case WatchMessage.Created(var id, var revision) -> "created " + id + " @" + revision;
            case WatchMessage.Refused(var refusal, var revision) -> "refused " + refusal + " @" + revision;
            case WatchMessage.Denied(var reason, var revision) -> "denied " + reason + " @" + revision;
            case WatchMessage.Cancelled(var id, var revision) -> "cancelled " + id + " @" + revision;
            case WatchMessage.Compacted(var id, var revision) -> "compacted " + id + " at " + revision;
            case WatchMessage.Progress(var id, var revision) -> "progress " + id + " @" + revision;
            case WatchMessage.Events events -> brief(events);
        };
    }

    private static String brief(WatchMessage.Events message) {
        var events = message.events().stream().map(HubFixture::brief).toList();
        return "events " + message.id() + " @" + message.revision() + ": " + String.join(" | ", events);
    }

    private static String brief(WatchEvent told) {
        var changed = told.event().keyValue();
        var previous = told.previous().stream()
                .map(before -> " (was " + before.value().utf8() + ")")
                .toList();
        return switch (told.event().kind()) {
            case PUT -> "put " + changed.key().utf8() + " " + changed.value().utf8() + String.join("", previous);
            case DELETE -> "delete " + changed.key().utf8() + String.join("", previous);
        };
    }
}
