package io.metastore.server.raft.log;

import io.metastore.server.file.Durable;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/// The term and the vote of a member that does not run.
///
/// Source: `RaftStorageMetadataFileImpl` of Ratis 3.3.0, a properties file.
public final class TermFile {
    private static final String TERM = "term";

    private TermFile() {}

    static Path in(Path group) {
        return group.resolve("current").resolve("raft-meta");
    }

    /// @throws NumberFormatException when it is damaged
    static long term(Path file) throws IOException {
        return Long.parseLong(read(file).getProperty(TERM, ""));
    }

    /// Begins a term above all that this member knows of, durably, and returns it. Whom it voted for stays as it is: a
    /// member cannot vote twice in a term by that, and nobody else was elected in this one.
    ///
    /// @param group `<raft storage>/<group uuid>`, checked by `LogCheck`
    /// @param newest the term of its newest entry
    public static long raise(Path group, long newest) {
        var file = in(group);
        try {
            var properties = read(file);
            long term = Math.max(newest, Long.parseLong(properties.getProperty(TERM, "0"))) + 1;
            properties.setProperty(TERM, Long.toString(term));
            var text = new StringWriter();
            properties.store(text, null);
            Durable.replace(file, text.toString().getBytes(StandardCharsets.UTF_8));
            return term;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static Properties read(Path file) throws IOException {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return properties;
    }
}
