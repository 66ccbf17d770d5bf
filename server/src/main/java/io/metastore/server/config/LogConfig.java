package io.metastore.server.config;

import java.nio.file.Path;
import java.util.List;

/// What is logged, how and where to. Every line goes to every output.
public record LogConfig(Level level, Format format, List<Output> outputs) {
    /// From the most talkative; PANIC and FATAL let nothing through that the server writes while it runs.
    public enum Level {
        DEBUG,
        INFO,
        WARN,
        ERROR,
        PANIC,
        FATAL
    }

    public enum Format {
        JSON,
        CONSOLE
    }

    /// Where lines go.
    public sealed interface Output {
        record StandardError() implements Output {}

        record StandardOutput() implements Output {}

        /// Appended to; it is created, its directory is not.
        record ToFile(Path path) implements Output {}

        /// As `ToFile`, with its directory created too, and before it grows too large a new one takes its place.
        record ToRotatedFile(Path path, LogRotation rotation) implements Output {}
    }

    public LogConfig {
        outputs = List.copyOf(outputs);
        if (outputs.isEmpty()) {
            throw ConfigException.notAllowed("log-outputs", "empty", "default, stderr, stdout or files");
        }
    }

    public static LogConfig defaults() {
        return new LogConfig(Level.INFO, Format.JSON, List.of(new Output.StandardError()));
    }
}
