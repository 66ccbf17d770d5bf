package io.metastore.server.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/// The files in which the memory engine keeps its rows. The one with the highest number counts; an older one is
/// there only between two steps of a change.
///
///     rows-00000000000000000007            the state to load at the start
///     rows-00000000000000000008.unfinished left by a crash in the middle of writing, removed at the next start
///
/// For one thread at a time.
final class RowsDirectory {
    private static final String PREFIX = "rows-";
    private static final String UNFINISHED = ".unfinished";

    private final Path directory;
    private final Disk disk;
    private long newest;

    private RowsDirectory(Path directory, Disk disk) {
        this.directory = directory;
        this.disk = disk;
    }

    /// Opens the directory, makes it if need be and removes what a crash left behind.
    static RowsDirectory open(Path directory, Disk disk) {
        var files = new RowsDirectory(directory, disk);
        try {
            disk.createDirectory(directory);
            files.newest = files.finished().stream()
                    .mapToLong(RowsDirectory::number)
                    .max()
                    .orElse(0);
            files.clean();
        } catch (IOException e) {
            throw new StorageException("cannot open " + directory, e);
        }
        return files;
    }

    /// What the newest file holds; nothing when there is none yet.
    ///
    /// @throws StorageException when that file is damaged; an older state is never taken instead
    Rows load() {
        if (newest == 0) {
            return Rows.NONE;
        }
        try {
            return RowsReader.read(file(newest));
        } catch (StorageException e) {
            throw new StorageException(
                    e.getMessage() + ". Put an intact copy of this file in its place, or remove this member from the"
                            + " cluster and add it again with an empty data directory.",
                    e);
        }
    }

    /// Makes `rows` the state to load.
    void save(Rows rows) {
        var unfinished = directory.resolve(file(newest + 1).getFileName() + UNFINISHED);
        try {
            try (var file = disk.create(unfinished)) {
                RowsWriter.write(rows, file);
            }
            publish(unfinished);
        } catch (IOException e) {
            throw new StorageException("cannot write " + unfinished, e);
        }
    }

    /// Makes a file that lies elsewhere on the same file system, synced, the state to load.
    void adopt(Path file) {
        try {
            publish(file);
        } catch (IOException e) {
            throw new StorageException("cannot move " + file + " to " + directory, e);
        }
    }

    private void publish(Path file) throws IOException {
        disk.move(file, file(newest + 1));
        newest++;
        disk.syncDirectory(directory);
        clean();
    }

    private void clean() throws IOException {
        for (var file : filesStartingWith(PREFIX)) {
            if (isUnfinished(file) || number(file) < newest) {
                disk.delete(file);
            }
        }
    }

    private List<Path> finished() throws IOException {
        return filesStartingWith(PREFIX).stream()
                .filter(file -> !isUnfinished(file))
                .toList();
    }

    private List<Path> filesStartingWith(String prefix) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }

    private Path file(long number) {
        return directory.resolve("%s%020d".formatted(PREFIX, number));
    }

    private static boolean isUnfinished(Path file) {
        return file.getFileName().toString().endsWith(UNFINISHED);
    }

    private static long number(Path file) {
        var name = file.getFileName().toString();
        try {
            return Long.parseLong(name.substring(PREFIX.length()));
        } catch (NumberFormatException e) {
            throw new StorageException("do not know what the file " + file + " is; move it elsewhere", e);
        }
    }
}
