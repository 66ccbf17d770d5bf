package io.metastore.server.raft.log;

import java.nio.file.Path;

/// A member must not start on its log: it could deny what it has acknowledged. The message names the file and the entry
/// and says what to do.
public final class UnusableLogException extends RuntimeException {
    private final Path file;
    private final long index;

    /// @param index the first entry that is missing or not to be trusted
    UnusableLogException(Path file, long index, String what) {
        super(file + ", entry " + index + ": " + what
                + ". Entries this member has acknowledged may be lost, so it must not take part under its id again:"
                + " remove it from the cluster, empty its data and log directories, and add it as a new member.");
        this.file = file;
        this.index = index;
    }

    public Path file() {
        return file;
    }

    public long index() {
        return index;
    }
}
