package io.metastore.server.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/// A disk whose machine loses its power in the middle of the n-th step. What was not synced then is lost at random:
/// the end of a file, and the newest of the changed names in a directory.
final class CrashingDisk implements Disk {
    /// Thrown at the step of the crash, and at every later one.
    static final class Crash extends RuntimeException {}

    /// A changed name that is not durable yet, and how to take it back.
    private record Change(Path directory, Undo undo) {}

    private interface Undo {
        void run() throws IOException;
    }

    private final LocalDisk disk = new LocalDisk();
    private final Path graveyard;
    private final int lastStep;
    private final Random random;
    private final AtomicInteger steps = new AtomicInteger();

    /// How many bytes of each file are durable.
    private final Map<Path, Long> durable = new HashMap<>();

    private final Deque<Change> changes = new ArrayDeque<>();

    /// @param graveyard where deleted files lie until their deletion is durable
    CrashingDisk(Path graveyard, int lastStep, Random random) {
        this.graveyard = graveyard;
        this.lastStep = lastStep;
        this.random = random;
    }

    int steps() {
        return steps.get();
    }

    boolean hasCrashed() {
        return steps.get() >= lastStep;
    }

    /// Makes the directory look as after the crash.
    void loseWhatWasNotSynced() throws IOException {
        int lost = random.nextInt(changes.size() + 1);
        for (int i = 0; i < lost; i++) {
            changes.removeLast().undo().run();
        }
        for (var file : durable.entrySet()) {
            if (Files.isRegularFile(file.getKey())) {
                truncate(file.getKey(), file.getValue());
            }
        }
    }

    private void truncate(Path file, long kept) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(kept + random.nextLong(channel.size() - kept + 1));
        }
    }

    @Override
    public OutputFile create(Path file) throws IOException {
        step();
        durable.put(file, 0L);
        changes.addLast(new Change(file.resolveSibling(""), () -> Files.deleteIfExists(file)));
        return new CrashingFile(file, disk.create(file));
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        step();
        disk.createDirectory(directory);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        step();
        disk.move(from, to);
        var bytes = durable.remove(from);
        if (bytes != null) {
            durable.put(to, bytes);
        }
        changes.addLast(new Change(to.resolveSibling(""), () -> disk.move(to, from)));
    }

    @Override
    public void delete(Path path) throws IOException {
        step();
        if (!Files.exists(path)) {
            return;
        }
        var grave = graveyard.resolve(Integer.toString(steps.get()));
        disk.createDirectory(graveyard);
        disk.move(path, grave);
        changes.addLast(new Change(path.resolveSibling(""), () -> disk.move(grave, path)));
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        step();
        disk.syncDirectory(directory);
        changes.removeIf(change -> change.directory().equals(directory));
    }

    private void step() {
        if (steps.incrementAndGet() >= lastStep) {
            throw new Crash();
        }
    }

    private final class CrashingFile implements OutputFile {
        private final Path file;
        private final OutputFile output;

        CrashingFile(Path file, OutputFile output) {
            this.file = file;
            this.output = output;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            try {
                step();
            } catch (Crash crash) {
                output.write(bytes.slice(bytes.position(), random.nextInt(bytes.remaining() + 1)));
                throw crash;
            }
            output.write(bytes);
        }

        @Override
        public void sync() throws IOException {
            step();
            output.sync();
            durable.put(file, Files.size(file));
        }

        @Override
        public void close() throws IOException {
            output.close();
        }
    }
}
