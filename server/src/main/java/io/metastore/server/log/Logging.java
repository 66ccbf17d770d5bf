package io.metastore.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import io.metastore.server.config.ConfigException;
import io.metastore.server.config.LogConfig;
import io.metastore.server.config.LogConfig.Output;
import io.metastore.server.config.LogRotation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/// Sends what the process logs to where the settings say, for as long as this lives. Start it before any other part.
public final class Logging implements AutoCloseable {
    /// They tell at INFO what only their developers want to know.
    private static final List<String> LIBRARIES =
            List.of("org.apache.ratis", "io.grpc", "io.netty", "org.rocksdb", "org.apache.hadoop");

    /// It tells again and again that a collector is away, which `trace` says once a minute.
    private static final String TRACES = "io.opentelemetry";

    private final LoggerContext context;

    private Logging(LoggerContext context) {
        this.context = context;
    }

    /// Replaces whatever was logging before.
    ///
    /// @throws ConfigException when an output cannot be written
    public static Logging start(LogConfig config) {
        var context = fresh();
        configure(context, config);
        return new Logging(context);
    }

    /// Nothing is logged from now on: what a tool prints is its answer, and what goes wrong is in it.
    public static void silence() {
        fresh().getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
    }

    private static LoggerContext fresh() {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        // What logs by the JDK's own logging comes out here too, and nowhere else.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        return context;
    }

    static void configure(LoggerContext context, LogConfig config) {
        var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(level(config.level()));
        for (var output : config.outputs()) {
            attach(root, output, new LineEncoder(config.format(), ZoneId.systemDefault()));
        }
        for (var library : LIBRARIES) {
            context.getLogger(library).setLevel(libraryLevel(config.level()));
        }
        context.getLogger(TRACES).setLevel(config.level() == LogConfig.Level.DEBUG ? Level.WARN : Level.OFF);
    }

    private static void attach(Logger root, Output output, LineEncoder encoder) {
        var context = root.getLoggerContext();
        var appender = appender(output);
        encoder.setContext(context);
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
        if (!appender.isStarted()) {
            throw new ConfigException("--log-outputs names " + output + ", which cannot be written");
        }
        root.addAppender(appender);
    }

    private static OutputStreamAppender<ILoggingEvent> appender(Output output) {
        return switch (output) {
            case Output.StandardError() -> console("System.err");
            case Output.StandardOutput() -> console("System.out");
            case Output.ToFile(Path path) -> {
                var appender = new FileAppender<ILoggingEvent>();
                appender.setFile(path.toString());
                yield appender;
            }
            case Output.ToRotatedFile(Path path, LogRotation rotation) -> {
                var appender = new OutputStreamAppender<ILoggingEvent>();
                appender.setOutputStream(rotated(path, rotation));
                yield appender;
            }
        };
    }

    private static OutputStream rotated(Path path, LogRotation rotation) {
        try {
            return RotatedFile.open(path, rotation);
        } catch (IOException e) {
            throw new ConfigException("--log-outputs names " + path + ", which cannot be written: " + e);
        }
    }

    private static ConsoleAppender<ILoggingEvent> console(String target) {
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setTarget(target);
        return appender;
    }

    private static Level level(LogConfig.Level level) {
        return switch (level) {
            case DEBUG -> Level.DEBUG;
            case INFO -> Level.INFO;
            case WARN -> Level.WARN;
            case ERROR -> Level.ERROR;
            case PANIC, FATAL -> Level.OFF;
        };
    }

    private static Level libraryLevel(LogConfig.Level level) {
        return switch (level) {
            case DEBUG -> Level.INFO;
            case INFO, WARN -> Level.WARN;
            case ERROR, PANIC, FATAL -> level(level);
        };
    }

    /// What was logged before is written.
    @Override
    public void close() {
        SLF4JBridgeHandler.uninstall();
        context.stop();
    }
}
