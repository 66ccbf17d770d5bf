package io.metastore.server.storage;

import java.io.IOException;
import java.nio.file.Path;

/// The files in which the memory engine keeps its rows. For one thread at a time.
final class RowsDirectory {
    private final Generations files;
    private final Disk disk;

    private RowsDirectory(Generations files, Disk disk) {
        this.files = files;
        this.disk = disk;
    }

    static RowsDirectory open(Path directory, Disk disk) {
        return new RowsDirectory(Generations.open(directory, disk), disk);
    }

    /// What the newest file holds; nothing when there is none yet.
    ///
    /// @throws StorageException when that file is damaged; an older state is never taken instead
    Rows load() {
        var rows = read();
        files.removeOthers();
        return rows;
    }

    /// As `load`, and every file stays where it is.
    Rows read() {
        return files.isEmpty() ? Rows.NONE : readNewest();
    }

    /// Makes `rows` the state to load.
    void save(Rows rows) {
        var unfinished = files.unfinished();
        try (var file = disk.create(unfinished)) {
            RowsWriter.write(rows, file);
        } catch (IOException e) {
            throw new StorageException("cannot write " + unfinished, e);
        }
        files.adopt(unfinished);
        files.removeOthers();
    }

    /// Makes a file that lies elsewhere on the same file system, synced, the state to load.
    void adopt(Path file) {
        files.adopt(file);
    }

    /// Removes what the newest file has replaced.
    void removeOthers() {
        files.removeOthers();
    }

    private Rows readNewest() {
        try {
            return RowsReader.read(files.newest());
        } catch (StorageException e) {
            throw new StorageException(
                    e.getMessage() + ". Put an intact copy of this file in its place, or remove this member from the"
                            + " cluster and add it again with an empty data directory.",
                    e);
        }
    }
}
