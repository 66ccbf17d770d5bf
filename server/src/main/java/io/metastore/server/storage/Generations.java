package io.metastore.server.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Numbered files or directories, each of which holds all rows. The one with the highest number counts, so that one
/// move replaces all rows; an older one is there only between two steps of a change.
///
///     rows-00000000000000000007             replaced, removed at the next start if a crash came before
///     rows-00000000000000000008             the newest
///     rows-00000000000000000009.unfinished  left by a crash in the middle of writing, removed at the next start
///
/// For one thread at a time.
final class Generations {
    private static final String PREFIX = "rows-";
    private static final String UNFINISHED = ".unfinished";

    private final Path directory;
    private final Disk disk;
    private long newest;

    private Generations(Path directory, Disk disk) {
        this.directory = directory;
        this.disk = disk;
    }

    /// Opens the directory and makes it if need be. What a crash left behind stays until the newest was seen to be
    /// good and `removeOthers` is called.
    static Generations open(Path directory, Disk disk) {
        var generations = new Generations(directory.toAbsolutePath(), disk);
        try {
            disk.createDirectory(generations.directory);
            generations.newest = generations.all().stream()
                    .filter(path -> !isUnfinished(path))
                    .mapToLong(Generations::number)
                    .max()
                    .orElse(0);
        } catch (IOException e) {
            throw new StorageException("cannot open " + directory, e);
        }
        return generations;
    }

    boolean isEmpty() {
        return newest == 0;
    }

    Path newest() {
        return path(newest);
    }

    /// Counts a first one, if there is none, that the caller makes at `newest`.
    void begin() {
        newest = Math.max(newest, 1);
    }

    /// Where the next one is written before it is adopted.
    Path unfinished() {
        return directory.resolve(path(newest + 1).getFileName() + UNFINISHED);
    }

    /// Makes what lies at `source`, synced and on the same file system, the newest, in one step.
    ///
    /// @throws StorageException when the disk failed; the newest is the one of before
    void adopt(Path source) {
        var target = path(newest + 1);
        move(source, target);
        try {
            sync();
        } catch (StorageException e) {
            move(target, source);
            throw e;
        }
        newest++;
    }

    /// Undoes the last `adopt`.
    void giveBack(Path source) {
        move(newest(), source);
        newest--;
        sync();
    }

    /// Removes all but the newest.
    void removeOthers() {
        try {
            for (var path : all()) {
                if (isUnfinished(path) || number(path) < newest) {
                    disk.delete(path);
                }
            }
        } catch (IOException e) {
            throw new StorageException("cannot remove older rows in " + directory, e);
        }
    }

    private void move(Path from, Path to) {
        try {
            disk.move(from, to);
        } catch (IOException e) {
            throw new StorageException("cannot move " + from + " to " + to, e);
        }
    }

    private void sync() {
        try {
            disk.syncDirectory(directory);
        } catch (IOException e) {
            throw new StorageException("cannot sync " + directory, e);
        }
    }

    private List<Path> all() throws IOException {
        try (var paths = Files.list(directory)) {
            return paths.filter(path -> path.getFileName().toString().startsWith(PREFIX))
                    .sorted()
                    .toList();
        }
    }

    private Path path(long number) {
        return directory.resolve("%s%020d".formatted(PREFIX, number));
    }

    private static boolean isUnfinished(Path path) {
        return path.getFileName().toString().endsWith(UNFINISHED);
    }

    private static long number(Path path) {
        try {
            return Long.parseLong(path.getFileName().toString().substring(PREFIX.length()));
        } catch (NumberFormatException e) {
            throw new StorageException("do not know what " + path + " is; move it elsewhere", e);
        }
    }
}
