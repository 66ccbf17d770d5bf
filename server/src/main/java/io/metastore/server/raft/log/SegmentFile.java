package io.metastore.server.raft.log;

import io.metastore.server.file.Durable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// One file of the log and what its name says of it.
///
///     log_0-41   entries 0 to 41, closed          log_inprogress_42   entry 42 and what follows, still written to
///
/// Source: `LogSegmentStartEnd` of Ratis 3.3.0.
///
/// @param first index of the first entry
/// @param last index of the last entry, inclusive; `OPEN` when the name does not tell
record SegmentFile(Path path, long first, long last) {
    static final long OPEN = Long.MAX_VALUE;

    private static final Pattern CLOSED_NAME = Pattern.compile("log_(\\d+)-(\\d+)");
    private static final Pattern OPEN_NAME = Pattern.compile("log_inprogress_(\\d+)");

    /// The files of a log by their first entry. Open ones of length 0 are left out: Ratis deletes them.
    ///
    /// @param group `<raft storage>/<group uuid>`; a log that does not exist yet has no files
    static List<SegmentFile> in(Path group) {
        var current = directory(group);
        if (!Files.isDirectory(current)) {
            return List.of();
        }
        try (var files = Files.list(current)) {
            return files.flatMap(file -> named(file).stream())
                    .filter(file -> !file.open() || file.path.toFile().length() > 0)
                    .sorted(Comparator.comparingLong(SegmentFile::first).thenComparingLong(SegmentFile::last))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the log in " + current, e);
        }
    }

    /// Makes what was made, renamed or deleted among the files of a log outlive a power loss.
    ///
    /// @param group `<raft storage>/<group uuid>`
    static void sync(Path group) {
        try {
            Durable.syncDirectory(directory(group));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot flush the directory of the log of " + group, e);
        }
    }

    private static Path directory(Path group) {
        return group.resolve("current");
    }

    boolean open() {
        return last == OPEN;
    }

    /// The name of a closed segment that holds `first` to `newLast`.
    Path closedAt(long newLast) {
        return path.resolveSibling("log_" + first + "-" + newLast);
    }

    private static Optional<SegmentFile> named(Path file) {
        var name = file.getFileName().toString();
        var closed = CLOSED_NAME.matcher(name);
        if (closed.matches()) {
            return Optional.of(new SegmentFile(file, number(closed.group(1)), number(closed.group(2))));
        }
        var open = OPEN_NAME.matcher(name);
        return open.matches() ? Optional.of(new SegmentFile(file, number(open.group(1)), OPEN)) : Optional.empty();
    }

    private static long number(String digits) {
        return Long.parseLong(digits);
    }
}
