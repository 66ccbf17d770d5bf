package io.metastore.server.watch;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.Event;
import io.metastore.server.model.KeyRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/// A client that opens and cancels watchers as it likes, asks for progress, and takes what it is told now quickly,
/// now slowly. It keeps everything it was told.
final class RandomClient implements WatchSink {
    /// So far beyond the newest revision a watcher begins at most.
    static final int MOST_AHEAD = 20;

    private static final int MOST_OPEN = 40;

    private final Random random;
    private final WatchStream stream;

    // Written by the client's thread.
    private final Map<Long, WatchSpec> specs = new HashMap<>();
    private final List<Long> open = new ArrayList<>();
    private long lastId;

    // Written by whoever delivers.
    private final List<WatchMessage> messages = new ArrayList<>();
    private final Random slowness;
    private final AtomicBoolean delivering = new AtomicBoolean();

    private volatile boolean ready = true;
    private volatile boolean patient;

    RandomClient(WatchHub hub, Random random) {
        this.random = random;
        this.slowness = new Random(random.nextLong());
        this.stream = hub.open(this);
    }

    /// One thing a client does, at a time when the store is about at `revision`.
    void act(long revision) {
        switch (random.nextInt(8)) {
            case 0, 1 -> create(revision);
            case 2 -> cancel();
            case 3 -> stream.requestProgress();
            default -> {
                ready = true;
                stream.resume();
            }
        }
    }

    /// Takes everything from now on. The watchers it has may all have been ended by compactions: one more is not.
    void catchUp() {
        var last = WatchSpec.of(KeyRange.ALL).withId(++lastId);
        specs.put(lastId, last);
        stream.create(last);
        patient = true;
        ready = true;
        stream.resume();
    }

    void leave() {
        stream.close();
    }

    void requestProgress() {
        stream.requestProgress();
    }

    Map<Long, WatchSpec> specs() {
        return specs;
    }

    List<WatchMessage> messages() {
        return messages;
    }

    @Override
    public boolean ready() {
        return ready;
    }

    @Override
    public void deliver(List<WatchMessage> delivered) {
        if (!delivering.compareAndSet(false, true)) {
            throw new IllegalStateException("two deliveries at once");
        }
        messages.addAll(delivered);
        if (!patient && slowness.nextInt(3) == 0) {
            ready = false;
        }
        if (patient) {
            ready = true;
        }
        delivering.set(false);
    }

    @Override
    public void ended(Ending ending) {
        throw new IllegalStateException("ended: " + ending);
    }

    private void create(long revision) {
        if (open.size() == MOST_OPEN) {
            cancel();
        }
        var spec = WatchSpec.of(keys()).withId(++lastId).from(start(revision));
        if (random.nextBoolean()) {
            spec = spec.withPrevious();
        }
        if (random.nextInt(4) == 0) {
            spec = spec.without(random.nextBoolean() ? Event.Kind.PUT : Event.Kind.DELETE);
        }
        if (random.nextBoolean()) {
            spec = spec.withProgress();
        }
        specs.put(lastId, spec);
        open.add(lastId);
        stream.create(spec);
    }

    private void cancel() {
        if (!open.isEmpty()) {
            stream.cancel(open.remove(random.nextInt(open.size())));
        }
    }

    private long start(long revision) {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> revision + random.nextInt(MOST_AHEAD);
            case 2 -> Math.max(1, revision - random.nextInt(100));
            default -> 1 + random.nextLong(revision);
        };
    }

    private KeyRange keys() {
        var from = RandomWriter.key(random);
        return switch (random.nextInt(4)) {
            case 0 -> KeyRange.single(from);
            case 1 -> KeyRange.from(from);
            case 2 -> KeyRange.ALL;
            default -> new KeyRange(from, Bytes.utf8(from.utf8().charAt(0) + "~"));
        };
    }
}
