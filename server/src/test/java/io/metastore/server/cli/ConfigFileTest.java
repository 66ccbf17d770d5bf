package io.metastore.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.cli.CommandLine.Result;
import io.metastore.server.config.Collector;
import io.metastore.server.config.LogConfig;
import io.metastore.server.config.TracingConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
    private static final Map<String, String> NOTHING = Map.of();

    @TempDir
    Path folder;

    @Test
    void eachKindOfValueReachesItsSetting() throws IOException {
        var config = started("""
                # comment
                name: m1
                data-dir: some/data
                heartbeat-interval: 50
                quota-backend-bytes: 1e9
                grpc-keepalive-min-time: 7000000000
                auto-compaction-retention: "1"
                log-outputs: [stdout, server.log]
                pre-vote: true
                """).config();

        assertThat(config.member().name()).isEqualTo("m1");
        assertThat(config.member().dataDir()).isEqualTo(Path.of("some/data"));
        assertThat(config.raft().heartbeatInterval()).isEqualTo(Duration.ofMillis(50));
        assertThat(config.limits().quotaBytes()).isEqualTo(1_000_000_000);
        assertThat(config.keepAlive().minTime()).isEqualTo(Duration.ofSeconds(7));
        assertThat(config.log().outputs())
                .containsExactly(
                        new LogConfig.Output.StandardOutput(), new LogConfig.Output.ToFile(Path.of("server.log")));
    }

    @Test
    void itSaysWhereTracesGo() throws IOException {
        var tracing = started("""
                enable-distributed-tracing: true
                distributed-tracing-address: collector:4317
                distributed-tracing-service-name: s
                distributed-tracing-instance-id: i
                distributed-tracing-sampling-rate: 7
                """).config().monitoring().tracing();

        assertThat(tracing).isEqualTo(new TracingConfig.On(new Collector("collector", 4317), "s", "i", 7));
    }

    @Test
    void itTakesThePlaceOfFlagsAndVariables() throws IOException {
        var started = (Result.Run) CommandLine.parse(
                new String[] {"--name=flag", "--config-file=" + file("name: file")}, Map.of("ETCD_MAX_TXN_OPS", "5"));

        assertThat(started.config().member().name()).isEqualTo("file");
        assertThat(started.config().limits().maxTransactionOperations()).isEqualTo(128);
        assertThat(started.warnings())
                .singleElement()
                .asString()
                .contains("other configuration command line flags and environment variables will be ignored");
    }

    @Test
    void theVariableNamesAFileToo() throws IOException {
        var started = (Result.Run) CommandLine.parse(
                new String[0], Map.of("ETCD_CONFIG_FILE", file("name: file").toString()));

        assertThat(started.config().member().name()).isEqualTo("file");
    }

    @Test
    void anEmptyFileAndKeysWithoutValueSetNothing() throws IOException {
        var defaults = started("").config();

        assertThat(started("name:\nwal-dir: ~\n").config()).isEqualTo(defaults);
    }

    @Test
    void theCaseOfKeysDoesNotMatterAndTheLastOfTwoCounts() throws IOException {
        assertThat(started("NAME: m1\nname: m2\n").config().member().name()).isEqualTo("m2");
    }

    @Test
    void unknownKeysAreWarnedOf() throws IOException {
        assertThat(started("nmae: m1\n").warnings())
                .anyMatch(warning -> warning.matches("unrecognized key nmae in .* \\(did you mean name\\?\\)"));
    }

    @Test
    void settingsOfTheOldNamesAreUnderstood() throws IOException {
        var config = started("experimental-watch-progress-notify-interval: 5000000000\n")
                .config();

        assertThat(config.watch().progressInterval()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void keysInBlocksAreThoseOfFlags() throws IOException {
        var tls = started("""
                client-transport-security:
                  cert-file: c.crt
                  client-cert-auth: true
                  allowed-hostname: [a, b]
                peer-transport-security:
                  trusted-ca-file: p.ca
                  allowed-cn: m1
                  skip-client-san-verification: true
                """).config().tls();

        assertThat(tls.clients().own().certificate()).isEqualTo("c.crt");
        assertThat(tls.clients().clientCertAuth()).isTrue();
        assertThat(tls.clients().allowed().hosts()).containsExactly("a", "b");
        assertThat(tls.peers().trustedCa()).isEqualTo("p.ca");
        assertThat(tls.peers().allowed().names()).containsExactly("m1");
        assertThat(tls.skipPeerAddressCheck()).isTrue();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "client-transport-security | allowed-cn: a | client-transport-security.allowed-cn is not available yet",
                "peer-transport-security   | client-crl: a | unrecognized",
            })
    void keysInBlocksThatAreNoFlagsAreTold(String block, String line, String told) throws IOException {
        var result = parse(block + ":\n  " + line + "\n");

        assertThat(told(result)).contains(told);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "heartbeat-interval: 50ms         | heartbeat-interval must be a whole number, it is \"50ms\"",
                "heartbeat-interval: 1.5          | heartbeat-interval must be a whole number, it is \"1.5\"",
                "grpc-keepalive-min-time: 5s      | must be a number of nanoseconds, it is \"5s\"",
                "auto-compaction-retention: 1     | must be a text, in quotes if need be, it is \"1\"",
                "pre-vote: maybe                  | pre-vote must be true or false, it is \"maybe\"",
                "log-outputs: 5                   | log-outputs must be a list of texts, it is \"5\"",
                "a: [                             | it is not valid YAML",
                "just words                       | it must hold lines like",
                "quota-backend-bytes: .inf        | quota-backend-bytes must be a whole number",
            })
    void aWrongValueIsNamedAndEndsWithOne(String line, String message) throws IOException {
        var printed = (Result.Print) parse(line + "\n");

        assertThat(printed.exitCode()).isEqualTo(1);
        assertThat(printed.text()).startsWith("config file " + folder).contains(message);
    }

    @Test
    void aMissingFileIsNamed() {
        var printed = (Result.Print) CommandLine.parse(new String[] {"--config-file", "no-such.yml"}, NOTHING);

        assertThat(printed).isEqualTo(new Result.Print("config file no-such.yml: no such file\n", 1));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("config.yml"), text);
    }

    private Result parse(String text) throws IOException {
        return CommandLine.parse(new String[] {"--config-file", file(text).toString()}, NOTHING);
    }

    private Result.Run started(String text) throws IOException {
        return (Result.Run) parse(text);
    }

    private static String told(Result result) {
        return switch (result) {
            case Result.Run(var _, var warnings) -> String.join("\n", warnings);
            case Result.Print(var text, var _) -> text;
            case Result.Use(var tool) -> throw new AssertionError(tool);
        };
    }
}
