package io.metastore.server.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.metastore.server.config.LogConfig;

/// Keeps the logging library from looking for configuration files at start, which takes time and could find some.
/// Until `Logging` starts, warnings and errors go to the standard error. Found by the library as a service.
public final class QuietStart extends ContextAwareBase implements Configurator {
    private static final LogConfig BEFORE_SETTINGS = new LogConfig(
            LogConfig.Level.WARN, LogConfig.Format.CONSOLE, LogConfig.defaults().outputs());

    @Override
    public ExecutionStatus configure(LoggerContext loggerContext) {
        Logging.configure(loggerContext, BEFORE_SETTINGS);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
