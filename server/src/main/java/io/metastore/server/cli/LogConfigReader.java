package io.metastore.server.cli;

import io.metastore.server.config.ConfigException;
import io.metastore.server.config.LogConfig;
import io.metastore.server.config.LogConfig.Format;
import io.metastore.server.config.LogConfig.Level;
import io.metastore.server.config.LogConfig.Output;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Reads the flags about logging.
final class LogConfigReader {
    private static final String DEFAULT_OUTPUT = "default";

    private static final Map<String, Level> LEVELS = Map.of(
            "", Level.INFO,
            "debug", Level.DEBUG,
            "info", Level.INFO,
            "warn", Level.WARN,
            "error", Level.ERROR,
            "dpanic", Level.PANIC,
            "panic", Level.PANIC,
            "fatal", Level.FATAL);

    private final Settings settings;

    LogConfigReader(Settings settings) {
        this.settings = settings;
    }

    LogConfig read() {
        return new LogConfig(settings.choice("log-level", LEVELS), format(), outputs());
    }

    private Format format() {
        var format = settings.text("log-format");
        return switch (format) {
            case "json" -> Format.JSON;
            case "console" -> Format.CONSOLE;
            default -> throw new ConfigException("unknown log format: " + format + ", supported values json, console");
        };
    }

    private List<Output> outputs() {
        var names = Stream.of(settings.text("log-outputs").split(",", -1))
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
        if (names.size() > 1 && names.contains(DEFAULT_OUTPUT)) {
            throw new ConfigException("multi logoutput for \"default\" is not supported yet");
        }
        var outputs = (names.isEmpty() ? List.of(DEFAULT_OUTPUT) : names)
                .stream().map(LogConfigReader::output).distinct().toList();
        return settings.isOn("enable-log-rotation") ? rotated(outputs) : outputs;
    }

    /// As in etcd, where several outputs none of which is a file are let through.
    private List<Output> rotated(List<Output> outputs) {
        long files = outputs.stream().filter(Output.ToFile.class::isInstance).count();
        if (files > 1 || (files == 0 && outputs.size() == 1)) {
            throw new ConfigException(
                    "--log-outputs requires a single file path when --log-rotate-config-json is defined");
        }
        var rotation = LogRotationReader.read(settings.text("log-rotation-config-json"));
        return outputs.stream()
                .map(output ->
                        output instanceof Output.ToFile(var path) ? new Output.ToRotatedFile(path, rotation) : output)
                .toList();
    }

    private static Output output(String name) {
        return switch (name) {
            // systemd puts the standard error of a service into its journal.
            case DEFAULT_OUTPUT, "stderr", "systemd/journal" -> new Output.StandardError();
            case "stdout" -> new Output.StandardOutput();
            default -> new Output.ToFile(Path.of(name));
        };
    }
}
