package io.metastore.server.raft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the names of the files of a log tell, while Ratis makes, renames and deletes them.
public final class LogFiles {
    private static final Pattern NAME = Pattern.compile("log_(?:inprogress_)?(\\d+).*");

    private LogFiles() {}

    /// The index of the first entry; -1 when there is no file at this moment.
    ///
    /// @param directory where a member keeps its log
    public static long firstIndex(Path directory) {
        return names(directory).stream()
                .flatMap(group -> names(directory.resolve(group).resolve("current")).stream())
                .map(NAME::matcher)
                .filter(Matcher::matches)
                .mapToLong(name -> Long.parseLong(name.group(1)))
                .min()
                .orElse(-1);
    }

    /// Without a look at the files, which may be gone by then.
    private static List<String> names(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
