package io.metastore.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.cli.CommandLine.Result;
import io.metastore.server.cli.original.OriginalForm;
import io.metastore.server.cli.text.YamlFile;
import io.metastore.server.config.Bootstrap;
import io.metastore.server.config.ConfigException;
import io.metastore.server.config.LogConfig;
import io.metastore.server.config.LogRotation;
import io.metastore.server.config.StorageEngine;
import io.metastore.server.config.Url;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Settings in etcd's form, in the original's, and in both.
class FormsTest {
    private static final String MEMBER = """
            server:
              cluster_id: 7
              member_id: 2
              cluster: [http://node1:2380, http://node2:2380]
              http: {address: ""}
              mysql: {address: ""}
            """;

    @TempDir
    Path folder;

    @Test
    void theOriginalsSettingsReachTheSameRecordsAsEtcds() throws IOException {
        var config = started(List.of("--config", file(MEMBER + """
                  etcd: {address: "127.0.0.1:2379"}
                  limits: {max_request_size: 1000000}
                  log: {level: warn, output_paths: [server.log]}
                  raft: {tick_interval: 50ms, election_tick: 20}
                """))).config();

        assertThat(config.member().name()).isEqualTo("member-2");
        assertThat(config.member().dataDir()).isEqualTo(Path.of("data/memory/2"));
        assertThat(config.storage().engine()).isEqualTo(StorageEngine.MEMORY);
        assertThat(config.listeners().clientUrls()).containsExactly(new Url("127.0.0.1", 2379));
        assertThat(config.listeners().peerUrls()).containsExactly(new Url("0.0.0.0", 2380));
        assertThat(config.listeners().advertisedPeerUrls()).containsExactly(new Url("node2", 2380));
        assertThat(config.http().metricsUrls()).containsExactly(new Url("0.0.0.0", 9090));
        assertThat(config.bootstrap())
                .hasToString("member-1=http://node1:2380,member-2=http://node2:2380")
                .extracting(Bootstrap::token)
                .isEqualTo("metastore-7");
        assertThat(config.limits().maxRequestBytes()).isEqualTo(1_000_000);
        assertThat(config.raft().electionTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.raft().heartbeatInterval()).isEqualTo(Duration.ofMillis(50));
        assertThat(config.auth().simpleTokenTtl()).isEqualTo(Duration.ofHours(24));
        assertThat(config.log().level()).isEqualTo(LogConfig.Level.WARN);
        assertThat(config.log().outputs())
                .containsExactly(new LogConfig.Output.ToRotatedFile(
                        Path.of("server.log"), new LogRotation(100, 7, 10, false, false)));
    }

    @Test
    void eitherFlagAndEtcdsVariableNameAFileOfTheOriginals() throws IOException {
        var file = file(MEMBER);
        var started = started(List.of("--config", file));

        assertThat(started(List.of("--config-file", file))).isEqualTo(started);
        assertThat(run(List.of(), Map.of("ETCD_CONFIG_FILE", file))).isEqualTo(started);
        assertThat(started.warnings())
                .containsExactly(
                        "loaded server configuration from " + file + "; flags and environment variables win over it");
    }

    @Test
    void flagsAloneAreEnough() {
        var config = started(List.of(
                        "--member-id=2",
                        "--cluster=a=http://127.0.0.1:1,b=http://127.0.0.1:2",
                        "--grpc-addr=127.0.0.1:3",
                        "--client-urls=http://b:3",
                        "--storage=pebble",
                        "--join",
                        "--enable-metrics=false",
                        "--log-format=text"))
                .config();

        assertThat(config.member().name()).isEqualTo("b");
        assertThat(config.listeners().peerUrls()).containsExactly(new Url("127.0.0.1", 2));
        assertThat(config.listeners().clientUrls()).containsExactly(new Url("127.0.0.1", 3));
        assertThat(config.listeners().advertisedClientUrls()).containsExactly(new Url("b", 3));
        assertThat(config.storage().engine()).isEqualTo(StorageEngine.ROCKSDB);
        assertThat(config.bootstrap().state()).isEqualTo(Bootstrap.State.EXISTING);
        assertThat(config.http().metricsUrls()).isEmpty();
        assertThat(config.log().format()).isEqualTo(LogConfig.Format.CONSOLE);
    }

    @Test
    void aVariableAloneIsEnough() {
        assertThat(run(List.of(), Map.of("METASTORE_RAFT_NODE_ROLE", "witness"))
                        .config()
                        .storage()
                        .isWitness())
                .isTrue();
    }

    @Test
    void whoDoesNotSaySoIsToldThatTheOtherPortsAreNotServed() {
        assertThat(started(List.of("--member-id=1")).warnings())
                .containsExactly(
                        "HTTP REST is served only where http.address says so (:9121, or \"\" for nowhere)",
                        "MySQL is served only where mysql.address says so (:3306, or \"\" for nowhere)");
        assertThat(run(List.of("--member-id=1"), Map.of("METASTORE_MYSQL_ADDRESS", "127.0.0.1:3306"))
                        .warnings())
                .hasSize(1);
        assertThat(run(List.of("--member-id=1"), Map.of("METASTORE_MYSQL_ADDRESS", ""))
                        .warnings())
                .as("an empty variable is none")
                .hasSize(2);
    }

    @Test
    void whatHasNoEffectIsToldInOneLine() throws IOException {
        var warnings = started(List.of("--pool-size=5", "--config", file(MEMBER + """
                  rocksdb: {max_background_jobs: 5}
                  raft: {pre_vote: false}
                """)))
                .warnings();

        assertThat(warnings)
                .anySatisfy(line -> assertThat(line)
                        .startsWith(
                                "without effect here: flag -pool-size (buffers are pooled by the libraries), raft.pre_vote")
                        .contains("(always so), rocksdb.max_background_jobs in ")
                        .contains("flag -pool-size (buffers are pooled by the libraries)"));
    }

    @Test
    void etcdsFormAddsWhatTheOriginalHasNoWordFor() throws IOException {
        var config = run(
                        List.of("--config", file(MEMBER), "--data-dir", "d", "--quota-backend-bytes=5"),
                        Map.of("ETCD_MAX_TXN_OPS", "6", "ETCD_LISTEN_PEER_URLS", "http://127.0.0.1:9"))
                .config();

        assertThat(config.member().dataDir()).isEqualTo(Path.of("d"));
        assertThat(config.limits().quotaBytes()).isEqualTo(5);
        assertThat(config.limits().maxTransactionOperations()).isEqualTo(6);
        assertThat(config.listeners().peerUrls()).containsExactly(new Url("127.0.0.1", 9));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "--name=x                | flag -name and member_id in F both say what --name is, in etcd's form and in",
                "--initial-cluster=x=http://x:1 | flag -initial-cluster and cluster in F both say what --initial-cluster",
                "--listen-client-urls=http://127.0.0.1:1 | flag -listen-client-urls and etcd.address (which nobody set)",
                "--data-dir=x --config-file=G | flag -config and flag -config-file both name a file: give one of them",
                "--role=witness          | flag -role and raft.node_role (which nobody set) both say what --role is",
            })
    void whatBothFormsSayIsRefusedAndBothAreNamed(String flags, String message) throws IOException {
        var words = new ArrayList<>(List.of("--config", file(MEMBER)));
        words.addAll(List.of(flags.split(" ", -1)));

        assertThat(refused(words, Map.of(), 1).replace(file(MEMBER), "F")).startsWith(message);
    }

    @Test
    void variablesOfBothFormsAreRefusedWhenTheySayTheSame() {
        assertThat(refused(List.of(), Map.of("ETCD_LOG_LEVEL", "warn", "METASTORE_LOG_LEVEL", "error"), 1))
                .startsWith("ETCD_LOG_LEVEL and METASTORE_LOG_LEVEL both say what --log-level is");
    }

    @ParameterizedTest
    @ValueSource(strings = {"flag", "variable"})
    void aFileInEtcdsFormStandsAlone(String other) throws IOException {
        var file = file("name: m1\n");
        var flags =
                other.equals("flag") ? List.of("--config-file", file, "--member-id=1") : List.of("--config-file", file);
        var variables = other.equals("flag") ? Map.<String, String>of() : Map.of("METASTORE_MEMBER_ID", "1");

        assertThat(refused(flags, variables, 1))
                .contains(other.equals("flag") ? "flag -member-id" : "METASTORE_MEMBER_ID")
                .contains("is of the original's form, and " + file + " is in etcd's form");
    }

    @Test
    void theOriginalsFlagNamesNoFileInEtcdsForm() throws IOException {
        assertThat(refused(List.of("--config", file("name: m1\n")), Map.of(), 1))
                .contains("it has no key server, so it is not in the original's form that flag -config is for");
    }

    @Test
    void etcdsFilesAndVariablesHaveNoFlagsOfTheOriginals() throws IOException {
        assertThat(run(List.of(), Map.of("ETCD_MEMBER_ID", "5")).warnings())
                .containsExactly("unrecognized environment variable ETCD_MEMBER_ID");
        assertThat(started(List.of("--config-file", file("member-id: 5\n"))).warnings())
                .anyMatch(warning -> warning.startsWith("unrecognized key member-id in "));
    }

    @ParameterizedTest
    @CsvSource({
        "--member-id=0, -member-id: member_id is required and must be non-zero",
        "--max-requests=5, flag -max-requests must be left out"
    })
    void aFlagThatCannotBeEndsAsOneThatCannotBeUnderstood(String flag, String message) {
        assertThat(refused(List.of(flag), Map.of(), 2)).contains(message);
    }

    @Test
    void aVariableThatMeansNothingIsWarnedOfInEtcdsFormToo() {
        assertThat(run(List.of("--name=x"), Map.of("METASTORE_MEMBR_ID", "1")).warnings())
                .containsExactly(
                        "unrecognized environment variable METASTORE_MEMBR_ID (did you mean METASTORE_MEMBER_ID?)");
    }

    @Test
    void theUsualFileIsReadUnlessEtcdsFormIsMeant() throws IOException {
        var usual = Path.of(file(MEMBER));

        assertThat(settings(List.of(), Map.of(), usual).text("name")).isEqualTo("member-2");
        assertThat(settings(List.of("--storage=rocksdb", "--member-id=1"), Map.of(), usual)
                        .text("name"))
                .isEqualTo("member-1");
        assertThat(settings(List.of("--data-dir=x"), Map.of(), usual).text("name"))
                .isEqualTo("default");
        assertThat(settings(List.of(), Map.of("ETCD_DATA_DIR", "x"), usual).text("name"))
                .isEqualTo("default");
        assertThat(settings(List.of(), Map.of(), folder.resolve("none.yaml")).text("name"))
                .isEqualTo("default");
        assertThat(OriginalForm.USUAL_FILE).isEqualTo(Path.of("configs/metastore.yaml"));
    }

    private static Settings settings(List<String> words, Map<String, String> environment, Path usual) {
        return Settings.read(new FlagTable(), words, environment, usual);
    }

    @Test
    void everyFlagOfEtcdsThatIsSetForTheOriginalExists() throws IOException {
        var file = YamlFile.read(Path.of(file(MEMBER)));

        assertThat(new OriginalForm(Map.of())
                        .translate(Optional.of(file), Map.of())
                        .assignments())
                .hasSizeGreaterThan(20)
                .allSatisfy(one -> assertThat(new FlagTable().findEtcds(one.flag()))
                        .hasValueSatisfying(flag -> assertThat(flag.standing()).isEqualTo(Flag.Standing.WORKS)));
    }

    @Test
    void everyFlagOfTheOriginalsIsInTheTable() {
        assertThat(OriginalForm.flags())
                .allSatisfy(name -> assertThat(new FlagTable().find(name)).isPresent());
        assertThat(new FlagTable()
                        .sections().values().stream()
                                .flatMap(List::stream)
                                .filter(flag -> flag.standing() == Flag.Standing.ORIGINAL)
                                .map(Flag::name))
                .allMatch(name -> name.equals("config") || OriginalForm.flags().contains(name));
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("config-" + text.hashCode() + ".yaml"), text)
                .toString();
    }

    private static Result.Run started(List<String> words) {
        return run(words, Map.of());
    }

    private static Result.Run run(List<String> words, Map<String, String> environment) {
        var result = CommandLine.parse(words.toArray(String[]::new), environment);
        return switch (result) {
            case Result.Run run -> run;
            case Result.Print(var text, var _) -> throw new ConfigException(text);
            case Result.Use(var tool) -> throw new AssertionError(tool);
        };
    }

    private static String refused(List<String> words, Map<String, String> environment, int exitCode) {
        var printed = (Result.Print) CommandLine.parse(words.toArray(String[]::new), environment);
        assertThat(printed.exitCode()).isEqualTo(exitCode);
        assertThat(printed.text()).hasLineCount(1);
        return printed.text();
    }
}
