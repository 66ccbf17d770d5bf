package io.metastore.server.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.config.ConfigException;
import io.metastore.server.config.LogConfig;
import io.metastore.server.config.LogConfig.Format;
import io.metastore.server.config.LogConfig.Level;
import io.metastore.server.config.LogConfig.Output;
import io.metastore.server.config.LogRotation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LoggingTest {
    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("server.log");
    }

    @Test
    void aLineIsOneJsonObjectInTheOrderOfZap() throws IOException {
        var lines = written(
                Format.JSON,
                Level.INFO,
                log -> log.atInfo()
                        .addKeyValue("member", "8e9e05c52164694d")
                        .addKeyValue("term", 7L)
                        .addKeyValue("leader", true)
                        .addKeyValue("took", Duration.ofMillis(3))
                        .addKeyValue("urls", List.of("http://a:1", "http://b:2"))
                        .addKeyValue("counts", Map.of("keys", 1.5))
                        .log("ready to serve client requests"));

        assertThat(lines)
                .singleElement()
                .asString()
                .matches("\\{\"level\":\"info\","
                        + "\"ts\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}(Z|[+-]\\d{4})\","
                        + "\"caller\":\"log/LoggingTest\\.java:\\d+\",\"msg\":\"ready to serve client requests\","
                        + "\"member\":\"8e9e05c52164694d\",\"term\":7,\"leader\":true,\"took\":\"PT0\\.003S\","
                        + "\"urls\":\\[\"http://a:1\",\"http://b:2\"],\"counts\":\\{\"keys\":1\\.5}}");
    }

    @Test
    void whateverIsLoggedStaysOneLine() throws IOException {
        var lines = written(
                Format.JSON,
                Level.INFO,
                log -> log.atWarn()
                        .addKeyValue("key", "tab\t quote\" back\\slash \u0001 ö")
                        .addKeyValue("msg", "does not hide the message")
                        .addKeyValue("nothing", (Object) null)
                        .addKeyValue("ratio", Double.NaN)
                        .log("two\r\nlines"));

        assertThat(lines)
                .singleElement()
                .asString()
                .endsWith("\"msg\":\"two\\r\\nlines\","
                        + "\"key\":\"tab\\t quote\\\" back\\\\slash \\u0001 ö\",\"nothing\":null,\"ratio\":\"NaN\"}");
    }

    @Test
    void anExceptionIsAFieldAndNotALineOfItsOwn() throws IOException {
        var lines = written(
                Format.JSON, Level.INFO, log -> log.error("cannot write", new IllegalStateException("disk full")));

        assertThat(lines)
                .singleElement()
                .asString()
                .startsWith("{\"level\":\"error\"")
                .contains("\"error\":\"java.lang.IllegalStateException: disk full\",\"stacktrace\":\"java.lang")
                .contains("\\n\\tat io.metastore.server.log.LoggingTest");
    }

    @Test
    void theConsoleFormatHasTabsBetweenItsParts() throws IOException {
        var lines = written(Format.CONSOLE, Level.INFO, log -> {
            log.info("plain");
            log.atInfo().addKeyValue("a", 1).log("with details");
        });

        assertThat(lines.get(0)).matches("\\S+\tinfo\tlog/LoggingTest\\.java:\\d+\tplain");
        assertThat(lines.get(1)).endsWith("\twith details\t{\"a\":1}");
    }

    @ParameterizedTest
    @CsvSource({"DEBUG, 4", "INFO, 3", "WARN, 2", "ERROR, 1", "PANIC, 0", "FATAL, 0"})
    void lessImportantLinesThanTheLevelAreLeftOut(Level level, int expected) throws IOException {
        var lines = written(Format.JSON, level, log -> {
            log.debug("d");
            log.info("i");
            log.warn("w");
            log.error("e");
        });

        assertThat(lines).hasSize(expected);
    }

    @Test
    void librariesAreHeardFromWarnings() throws IOException {
        var lines = written(Format.JSON, Level.INFO, _ -> {
            for (var library : List.of("org.apache.ratis.server", "io.grpc.netty", "io.netty.channel")) {
                LoggerFactory.getLogger(library).info("chatter");
                LoggerFactory.getLogger(library).warn("trouble");
            }
        });

        assertThat(lines).hasSize(3).allMatch(line -> line.contains("trouble"));
    }

    /// It complains each time; what sends traces says so itself, once a minute.
    @Test
    void theLibraryForTracesIsHeardByThoseAloneWhoLookForFaults() throws IOException {
        assertThat(written(
                        Format.JSON,
                        Level.INFO,
                        _ -> LoggerFactory.getLogger("io.opentelemetry.x").error("away")))
                .isEmpty();
        assertThat(written(
                        Format.JSON,
                        Level.DEBUG,
                        _ -> LoggerFactory.getLogger("io.opentelemetry.x").error("away")))
                .hasSize(1);
    }

    @Test
    void whatUsesTheJdksLoggingComesOutToo() throws IOException {
        var lines = written(Format.JSON, Level.INFO, _ -> {
            var logger = java.util.logging.Logger.getLogger("io.grpc.internal");
            logger.info("chatter");
            logger.warning("trouble");
        });

        assertThat(lines)
                .singleElement()
                .asString()
                .contains("\"level\":\"warn\"")
                .contains("\"msg\":\"trouble\"");
    }

    @Test
    void everyOutputGetsEveryLine() throws IOException {
        var second = directory.resolve("second.log");
        var outputs = List.<Output>of(new Output.ToFile(file), new Output.ToFile(second));

        try (var _ = Logging.start(new LogConfig(Level.INFO, Format.JSON, outputs))) {
            LoggerFactory.getLogger(LoggingTest.class).info("twice");
        }

        assertThat(Stream.of(file, second))
                .allSatisfy(each -> assertThat(each).content().contains("twice"));
    }

    @Test
    void aRotatedFileHasTheSameLines() throws IOException {
        var rotated = directory.resolve("new").resolve("rotated.log");
        var output = List.<Output>of(new Output.ToRotatedFile(rotated, LogRotation.defaults()));

        for (var line : List.of("first", "second")) {
            try (var _ = Logging.start(new LogConfig(Level.INFO, Format.JSON, output))) {
                LoggerFactory.getLogger(LoggingTest.class).info(line);
            }
        }

        assertThat(Files.readAllLines(rotated))
                .satisfiesExactly(
                        line -> assertThat(line).contains("\"msg\":\"first\""),
                        line -> assertThat(line).contains("\"msg\":\"second\""));
    }

    @Test
    void aFileIsContinued() throws IOException {
        written(Format.JSON, Level.INFO, log -> log.info("first"));
        var lines = written(Format.JSON, Level.INFO, log -> log.info("second"));

        assertThat(lines).hasSize(2);
    }

    @Test
    void anOutputThatCannotBeWrittenIsRefused() {
        var config = new LogConfig(Level.INFO, Format.JSON, List.of(new Output.ToFile(directory)));

        assertThatThrownBy(() -> Logging.start(config))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--log-outputs names")
                .hasMessageContaining("cannot be written");
    }

    private List<String> written(Format format, Level level, Consumer<Logger> logged) throws IOException {
        try (var _ = Logging.start(new LogConfig(level, format, List.of(new Output.ToFile(file))))) {
            logged.accept(LoggerFactory.getLogger(LoggingTest.class));
        }
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }
}
