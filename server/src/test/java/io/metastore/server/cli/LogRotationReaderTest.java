package io.metastore.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.cli.CommandLine.Result;
import io.metastore.server.config.ConfigException;
import io.metastore.server.config.LogConfig.Output;
import io.metastore.server.config.LogRotation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What etcd 3.7.1 says, recorded from it.
class LogRotationReaderTest {
    private static final String NOT_ONE_FILE =
            "--log-outputs requires a single file path when --log-rotate-config-json is defined";

    @Test
    void everyKeyIsRead() {
        assertThat(LogRotationReader.read(
                        "{\"maxsize\": 1, \"maxage\": 2, \"maxbackups\": 3, \"localtime\": true, \"compress\": true}"))
                .isEqualTo(new LogRotation(1, 2, 3, true, true));
    }

    @Test
    void whatTheFlagHasByItselfIsTheDefault() {
        var flag = new FlagTable().find("log-rotation-config-json").orElseThrow();

        assertThat(LogRotationReader.read(flag.initial())).isEqualTo(LogRotation.defaults());
        assertThat(LogRotation.defaults().maxBytes()).isEqualTo(100 << 20);
        assertThat(LogRotationReader.read("{}").maxBytes()).isEqualTo(100 << 20);
    }

    @Test
    void lettersMayBeLargeAndUnknownKeysAndNullsMeanNothing() {
        assertThat(LogRotationReader.read("{\"MaxSize\": null, \"maxAge\": 7, \"x\": [1, {\"maxage\": \"y\"}]}"))
                .isEqualTo(new LogRotation(0, 7, 0, false, false));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{\"maxsize\": 1 | unexpected end of JSON input",
                "`` | unexpected end of JSON input",
                "{\"a | unexpected end of JSON input",
                "{maxsize: 1} | invalid character 'm' looking for beginning of object key string",
                "{'a': 1} | invalid character '\\'' looking for beginning of object key string",
                "{\"maxsize\" 1} | invalid character '1' after object key",
                "{\"maxsize\": 1 \"x\"} | invalid character '\"' after object key:value pair",
                "{\"maxsize\": 1,} | invalid character '}' looking for beginning of object key string",
                "{\"maxsize\": 1} x | invalid character 'x' after top-level value",
                "{\"maxage\": tru} | invalid character '}' in literal true (expecting 'e')",
                "nope | invalid character 'o' in literal null (expecting 'u')",
                "{\"maxage\": 01} | invalid character '1' after object key:value pair",
                "{\"a\": \"\\x\"} | invalid character 'x' in string escape code",
                "{\"a\": -} | invalid character '}' in numeric literal"
            })
    void whatIsNoJsonIsRefusedInTheWordsOfGo(String json, String text) {
        assertThatThrownBy(() -> LogRotationReader.read(json))
                .isInstanceOf(ConfigException.class)
                .hasMessage("improperly formatted log rotation config: " + text);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "[] | array into Go value of type embed.logRotationConfig",
                "3 | number into Go value of type embed.logRotationConfig",
                "{\"maxsize\": true} | bool into Go struct field logRotationConfig.Logger.maxsize of type int",
                "{\"maxsize\": 1.5} | number 1.5 into Go struct field logRotationConfig.Logger.maxsize of type int",
                "{\"maxage\": 1e2} | number 1e2 into Go struct field logRotationConfig.Logger.maxage of type int",
                "{\"maxsize\": \"1\"} | string into Go struct field logRotationConfig.Logger.maxsize of type int",
                "{\"compress\": 1} | number into Go struct field logRotationConfig.Logger.compress of type bool",
                "{\"filename\": 1} | number into Go struct field logRotationConfig.Logger.filename of type string",
                "{\"localtime\": {}} | object into Go struct field logRotationConfig.Logger.localtime of type bool",
                "{\"maxage\": true, \"compress\": 1} | "
                        + "bool into Go struct field logRotationConfig.Logger.maxage of type int"
            })
    void aValueOfAWrongKindIsRefusedInTheWordsOfGo(String json, String text) {
        assertThatThrownBy(() -> LogRotationReader.read(json))
                .isInstanceOf(ConfigException.class)
                .hasMessage("invalid log rotation config: json: cannot unmarshal " + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "stderr", "a.log,b.log", "stderr,a.log,b.log"})
    void rotationNeedsOneFile(String outputs) {
        assertThat(run("--enable-log-rotation", "--log-outputs", outputs))
                .isEqualTo(new Result.Print(NOT_ONE_FILE + "\n", 1));
    }

    @Test
    void theOneFileIsRotatedAndTheOtherOutputsStay() {
        assertThat(outputs("--enable-log-rotation", "--log-outputs", "stderr,a.log"))
                .containsExactly(
                        new Output.StandardError(), new Output.ToRotatedFile(Path.of("a.log"), LogRotation.defaults()));
    }

    @Test
    void withoutRotationItsSettingsAreNotLookedAt() {
        assertThat(outputs("--log-outputs", "a.log", "--log-rotation-config-json", "{"))
                .containsExactly(new Output.ToFile(Path.of("a.log")));
    }

    private static List<Output> outputs(String... words) {
        return switch (run(words)) {
            case Result.Run(var config, var _) -> config.log().outputs();
            case Result.Print(var text, var _) -> throw new AssertionError(text);
            case Result.Use(var tool) -> throw new AssertionError(tool);
        };
    }

    private static Result run(String... words) {
        return CommandLine.parse(Stream.of(words).toArray(String[]::new), Map.of());
    }
}
