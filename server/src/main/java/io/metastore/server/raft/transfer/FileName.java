package io.metastore.server.raft.transfer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The name of a file inside a checkpoint, as it travels: parts joined by `/`.
///
///     000012.sst     index/7.bin     fine
///     ../x    /etc/x    a//b    a\b    .    a/.hidden     refused
///
/// @param parts each of letters, digits, `-`, `_` and `.`, beginning with none of `.` and `-`; at least one
record FileName(List<String> parts) {
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,199}");
    private static final int MOST_PARTS = 8;

    /// Reads a name that came from another member.
    ///
    /// @throws TransferException when it could lead out of the directory, or is none that a checkpoint has
    static FileName parse(String name) {
        var parts = List.of(name.split("/", -1));
        if (parts.size() > MOST_PARTS
                || !parts.stream().allMatch(part -> PART.matcher(part).matches())) {
            throw new TransferException("refused the file name '" + name + "'");
        }
        return new FileName(parts);
    }

    /// @throws TransferException as `parse`
    static FileName of(Path directory, Path file) {
        var parts = new ArrayList<String>();
        directory.relativize(file).forEach(part -> parts.add(part.toString()));
        return parse(String.join("/", parts));
    }

    Path in(Path directory) {
        return resolve(directory, parts);
    }

    /// The directory the file lies in.
    Path parentIn(Path directory) {
        return resolve(directory, parts.subList(0, parts.size() - 1));
    }

    String text() {
        return String.join("/", parts);
    }

    private static Path resolve(Path directory, List<String> parts) {
        var path = directory;
        for (var part : parts) {
            path = path.resolve(part);
        }
        return path;
    }
}
