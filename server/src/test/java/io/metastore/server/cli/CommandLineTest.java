package io.metastore.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.cli.CommandLine.Result;
import io.metastore.server.config.AuthConfig;
import io.metastore.server.config.Collector;
import io.metastore.server.config.LogConfig;
import io.metastore.server.config.ServerConfig;
import io.metastore.server.config.TracingConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    @Test
    void withoutFlagsTheDefaultsCount() {
        assertThat(parse()).isEqualTo(new Result.Run(ServerConfig.defaults(Path.of("default.etcd")), List.of()));
    }

    @Test
    void everyFlagThatWorksIsTriedHere() {
        var works = new FlagTable()
                .sections().values().stream()
                        .flatMap(List::stream)
                        .filter(flag -> flag.standing() == Flag.Standing.WORKS)
                        .map(Flag::name)
                        .filter(name -> !name.equals("config-file")) // see ConfigFileTest
                        .filter(name -> !name.startsWith("discovery-")) // see DiscoveryReaderTest
                        .toList();

        assertThat(works).containsExactlyInAnyOrderElementsOf(EveryFlag.GIVEN.keySet());
    }

    @Test
    void everyFlagReachesItsSetting() {
        var arguments = EveryFlag.GIVEN.entrySet().stream()
                .map(flag -> "--" + flag.getKey() + "=" + flag.getValue())
                .toArray(String[]::new);

        assertThat(parse(arguments)).isEqualTo(new Result.Run(EveryFlag.SETTINGS, List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bogus",
                "jwt",
                "jwt,sign-method",
                "jwt,sign-method=",
                "jwt,sign-method=RS256,sign-method=RS256",
                "jwt,sign-method=RS256,ttl=x",
                "simple,a",
                "simple,a=b=c"
            })
    void optionsOfTokensThatAreNoneAreRefusedInTheWordsOfEtcd(String tokens) {
        refused("--auth-token=" + tokens, "auth: invalid auth options", 1);
    }

    @Test
    void thereMayBeNoKindOfTokenAndUnknownOptionsOfAKindDoNotCount() {
        assertThat(run("--auth-token=").config().auth().tokens()).isEqualTo(new AuthConfig.TokenKind.None());
        assertThat(run("--auth-token=simple,a=b").config().auth().tokens())
                .isEqualTo(new AuthConfig.TokenKind.Simple());
        var signed = run("--auth-token=jwt,sign-method=HS256,priv-key=k,x=y");
        assertThat(signed.config().auth().tokens())
                .isEqualTo(new AuthConfig.TokenKind.Signed("HS256", "", "k", Duration.ofMinutes(5)));
    }

    @ParameterizedTest
    @CsvSource({"3, 10", "4, 4", "31, 31", "32, 10", "0, 10"})
    void aCostOutsideOfWhatBcryptTakesIsTheInitialOne(String given, int cost) {
        assertThat(run("--bcrypt-cost=" + given).config().auth().bcryptCost()).isEqualTo(cost);
        assertThat(run("--auth-token-ttl=0").config().auth().simpleTokenTtl()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void everyVariableReachesItsSetting() {
        var environment = new HashMap<String, String>();
        EveryFlag.GIVEN.forEach((name, value) ->
                environment.put("ETCD_" + name.toUpperCase(Locale.ROOT).replace('-', '_'), value));

        assertThat(CommandLine.parse(new String[0], environment))
                .isEqualTo(new Result.Run(EveryFlag.SETTINGS, List.of()));
    }

    @ParameterizedTest
    @CsvSource({"--name x", "--name=x", "-name x", "-name=x", "--name y --name x"})
    void aFlagHasFourForms(String line) {
        assertThat(run(line).config().member().name()).isEqualTo("x");
    }

    @Test
    void aFlagWinsOverTheEnvironmentAndSaysSo() {
        var run = run("--name x", Map.of("ETCD_NAME", "y"));

        assertThat(run.config().member().name()).isEqualTo("x");
        assertThat(run.warnings()).containsExactly("environment variable ETCD_NAME is shadowed by --name");
    }

    @Test
    void emptyVariablesAndThoseOfOthersDoNotCount() {
        var run = run("", Map.of("ETCD_NAME", "", "ETCDCTL_API", "3", "PATH", "/bin"));

        assertThat(run).isEqualTo(run(""));
    }

    @Test
    void anUnknownVariableOnlyWarns() {
        assertThat(run("", Map.of("ETCD_NAMEE", "x")).warnings())
                .containsExactly("unrecognized environment variable ETCD_NAMEE");
    }

    @Test
    void theNameAloneNamesDirectoryAndFounder() {
        var config = run("--name x --initial-advertise-peer-urls http://h:3,http://h:4")
                .config();

        assertThat(config.member().dataDir()).isEqualTo(Path.of("x.etcd"));
        assertThat(config.bootstrap()).hasToString("x=http://h:3,x=http://h:4");
    }

    @ParameterizedTest
    @CsvSource({
        "--auto-compaction-retention=0, Off[]",
        "--auto-compaction-mode=revision --auto-compaction-retention=0, Off[]",
        "--auto-compaction-mode=revision --auto-compaction-retention=9, Revisions[retention=9]",
        "--auto-compaction-retention=2, Periodic[retention=PT2H]",
        "--auto-compaction-retention=90m, Periodic[retention=PT1H30M]"
    })
    void theRetentionIsReadInTheUnitOfItsMode(String line, String expected) {
        assertThat(run(line).config().compaction().auto()).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({"--experimental-watch-progress-notify-interval=5s, PT5S", "--watch-progress-notify-interval=6s, PT6S"})
    void experimentalNamesOfOlderReleasesAreKnown(String line, Duration expected) {
        assertThat(run(line).config().watch().progressInterval()).isEqualTo(expected);
    }

    @Test
    void theExperimentalNameThatChangedMoreThanItsPrefixIsKnown() {
        assertThat(run("--experimental-snapshot-catch-up-entries=6")
                        .config()
                        .raft()
                        .snapshotCatchUpEntries())
                .isEqualTo(6);
    }

    @Test
    void whatHasNoEffectIsNamedOnce() {
        assertThat(run("--max-wals 3 --max-wals 4 --experimental-set-member-localaddr=true --logger zap")
                        .warnings())
                .containsExactly(
                        "--max-wals has no effect here: Files of etcd.",
                        "--experimental-set-member-localaddr has no effect here: Feature gate of etcd 3.6 and older.");
    }

    /// Eight, so that an order that is left to chance fails here.
    @Test
    void warningsComeInTheOrderOfTheCommandLine() {
        var line = "--proxy-write-timeout=7 --max-wals=7 --backend-batch-limit=7 --raft-read-timeout=7s"
                + " --max-snapshots=7 --debug=true --backend-batch-interval=7s --proxy-dial-timeout=7";
        assertThat(run(line).warnings())
                .extracting(warning -> warning.substring(0, warning.indexOf(' ')))
                .containsExactlyElementsOf(Stream.of(line.split(" "))
                        .map(word -> word.substring(0, word.indexOf('=')))
                        .toList());
    }

    /// Exit code 2: a command line that cannot be understood. The first texts are those of etcd 3.7.1.
    @ParameterizedTest
    @CsvSource({
        "--listen-client-urls=foo, '\"foo\" for flag -listen-client-urls: URL scheme must be http, https, unix, or'",
        "--heartbeat-interval x, 'invalid value \"x\" for flag -heartbeat-interval: parse error'",
        "--auto-tls=foo, 'invalid boolean value \"foo\" for -auto-tls: parse error'",
        "--nosuchflag 1, flag provided but not defined: -nosuchflag",
        "--data_dir x, flag provided but not defined: -data_dir (did you mean --data-dir?)",
        "--name, flag needs an argument: -name",
        "--discovery-proxy x, flag provided but not defined: -discovery-proxy",
        "--discovery http://x, flag provided but not defined: -discovery",
        "stray, '\"stray\" is not a valid flag'",
        "--auto-tls false, '\"false\" is not a valid flag'",
        "gateway, gateway is a part of etcd that MetaStore does not have",
        "grpc-proxy start, grpc-proxy is a part of etcd that MetaStore does not have",
        "--initial-cluster-state=foo, 'invalid value \"foo\" for flag -initial-cluster-state: allowed are existing, new'",
        "--role=arbiter, 'invalid value \"arbiter\" for flag -role: allowed are data, witness'",
        "--storage=disk, 'invalid value \"disk\" for flag -storage: allowed are memory, rocksdb'",
        "--log-level=foo, 'invalid value \"foo\" for flag -log-level: allowed are '",
        "--max-txn-ops -1, 'invalid value \"-1\" for flag -max-txn-ops: allowed is 0 to 2147483647'",
        "--grpc-keepalive-min-time 5, 'invalid value \"5\" for flag -grpc-keepalive-min-time: parse error'",
        "--auto-compaction-retention abc, 'invalid value \"abc\" for flag -auto-compaction-retention: parse error'",
        "--auto-compaction-mode revision --auto-compaction-retention 1h, -auto-compaction-retention: parse error",
        "--initial-cluster m1, URL scheme must be"
    })
    void whatCannotBeUnderstoodIsRefusedInOneLine(String line, String text) {
        refused(line, text, 2);
    }

    /// What etcd 3.7.1 says, its spelling too. Only when traces are sent it looks at what is said of them.
    @ParameterizedTest
    @CsvSource({
        "--distributed-tracing-sampling-rate=-1, '(tracing sampling rate must be positive)'",
        "--distributed-tracing-sampling-rate=1000001, '(tracing sampling rate must be less than 1000000)'",
    })
    void sharesOfTracesThatAreNoneAreRefusedInTheWordsOfEtcd(String flag, String text) {
        refused("--enable-distributed-tracing " + flag, "distributed tracing configurition is not valid: " + text, 1);
        assertThat(run(flag)).isEqualTo(run(""));
    }

    @ParameterizedTest
    @CsvSource({
        "a%zz, 'parse \"dns:///a%zz\": invalid URL escape \"%zz\"'",
        "a%1, 'parse \"dns:///a%1\": invalid URL escape \"%1\"'",
        "http://a:1, '--distributed-tracing-address is \"http://a:1\", allowed is host:port'",
        ":::, '--distributed-tracing-address is \":::\", allowed is host:port'",
        "a:65536, '--distributed-tracing-address is \"a:65536\", allowed is host:port'",
        "[::1, '--distributed-tracing-address is \"[::1\", allowed is host:port'",
    })
    void placesThatNoCollectorCanBeAtAreRefused(String address, String text) {
        refused("--enable-distributed-tracing --distributed-tracing-address=" + address, text, 1);
        assertThat(run("--distributed-tracing-address=" + address)).isEqualTo(run(""));
    }

    @ParameterizedTest
    @CsvSource({
        "collector.example:4317, http://collector.example:4317",
        "dns:///collector.example:1, http://collector.example:1",
        "collector, http://collector:443",
        ":4317, http://localhost:4317",
        "[::1]:4317, http://[::1]:4317",
    })
    void aCollectorIsWhereGrpcWouldLookForIt(String address, String url) {
        var tracing = run("--enable-distributed-tracing --distributed-tracing-address=" + address)
                .config()
                .monitoring()
                .tracing();

        assertThat(tracing).isEqualTo(new TracingConfig.On(Collector.parse(address), "etcd", "", 0));
        assertThat(Collector.parse(address).url()).isEqualTo(url);
    }

    @Test
    void tracesHaveTheNamesOfOlderReleasesToo() {
        assertThat(run("--experimental-enable-distributed-tracing --experimental-distributed-tracing-address=a:1"
                        + " --experimental-distributed-tracing-service-name=s"
                        + " --experimental-distributed-tracing-instance-id=i"
                        + " --experimental-distributed-tracing-sampling-rate=5"))
                .isEqualTo(run("--enable-distributed-tracing --distributed-tracing-address=a:1"
                        + " --distributed-tracing-service-name=s --distributed-tracing-instance-id=i"
                        + " --distributed-tracing-sampling-rate=5"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--proxy on", "--experimental-enable-v2v3 /v2"})
    void whatIsNotAvailableYetIsRefusedAndNeverIgnored(String line) {
        refused(line, "is not available yet", 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--host-whitelist *",
                "--corrupt-check-time 0s",
                "--discovery-fallback exit",
                "--proxy off",
            })
    void whatIsNotAvailableYetMayBeSetToItsInitialValue(String line) {
        assertThat(run(line)).isEqualTo(run(""));
    }

    @Test
    void aWitnessKeepsNoKeySpace() {
        assertThat(run("--role=witness").config().storage().isWitness()).isTrue();
        assertThat(run("--role=data")).isEqualTo(run(""));
    }

    @Test
    void aBadVariableIsNamed() {
        assertThat(CommandLine.parse(new String[0], Map.of("ETCD_HEARTBEAT_INTERVAL", "x")))
                .isEqualTo(new Result.Print("invalid value \"x\" for ETCD_HEARTBEAT_INTERVAL: parse error\n", 2));
        assertThat(CommandLine.parse(new String[0], Map.of("ETCD_PROXY", "on")))
                .isEqualTo(new Result.Print(
                        "--proxy is not available yet (ETCD_PROXY is \"on\"): "
                                + "Of etcd 3.5 and older: a proxy of the second version of its API.\n",
                        2));
    }

    /// Exit code 1: settings that make no sense together, in the words of etcd 3.7.1.
    @ParameterizedTest
    @CsvSource({
        "--listen-client-urls=http://localhost:1, --advertise-client-urls is required when --listen-client-urls is set",
        "--listen-peer-urls=http://foo.example:2, expected IP in URL for binding (http://foo.example:2)",
        "--election-timeout 200, --election-timeout[200ms] should be at least as 5 times as --heartbeat-interval[100ms]",
        "--auto-compaction-mode foo, unknown auto-compaction-mode \"foo\"",
        "--tls-min-version TLS1.1, 'unexpected TLS version \"TLS1.1\" (must be one of: TLS1.2, TLS1.3)'",
        "--role witness --storage memory, '--storage is set, and --role is witness: a witness keeps no keys'",
        "--role witness --listen-client-http-urls http://localhost:1, '--listen-client-http-urls is set, and --role is'",
        "--cipher-suites FOO, 'unexpected TLS cipher suite \"FOO\"'",
        "--log-format foo, 'unknown log format: foo, supported values json, console'",
        "'--log-outputs default,stdout', multi logoutput for \"default\" is not supported yet"
    })
    void whatMakesNoSenseIsRefusedInEtcdsWords(String line, String text) {
        refused(line, text, 1);
    }

    @Test
    void systemdsJournalIsTheStandardError() {
        assertThat(run("--log-outputs systemd/journal,stderr").config().log().outputs())
                .containsExactly(new LogConfig.Output.StandardError());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "-help", "--name x --help"})
    void helpListsEveryFlagWithItsInitialValue(String line) {
        assertThat(parse(line.split(" ", -1))).isInstanceOfSatisfying(Result.Print.class, help -> {
            assertThat(help.exitCode()).isZero();
            new FlagTable()
                    .sections()
                    .values()
                    .forEach(flags -> flags.forEach(flag -> assertThat(help.text())
                            .contains("  --" + flag.name())
                            .contains(flag.meaning())));
            assertThat(help.text()).contains("  --heartbeat-interval '100'\n");
        });
    }

    @Test
    void theVersionBeginsWithTheEtcdItStandsFor() {
        assertThat(parse("--version")).isInstanceOfSatisfying(Result.Print.class, version -> {
            assertThat(version.exitCode()).isZero();
            assertThat(version.text().lines())
                    .satisfiesExactly(
                            line -> assertThat(line).isEqualTo("etcd Version: 3.7.1"),
                            line -> assertThat(line).startsWith("Git SHA: "),
                            line -> assertThat(line).matches("Go Version: none, this is MetaStore \\d\\S* on Java"),
                            line -> assertThat(line).matches("Go OS/Arch: [a-z]+/[a-z0-9_]+"));
        });
    }

    private static void refused(String line, String text, int exitCode) {
        assertThat(parse(line.split(" ", -1))).isInstanceOfSatisfying(Result.Print.class, print -> {
            assertThat(print.text()).contains(text).endsWith("\n").hasLineCount(1);
            assertThat(print.exitCode()).isEqualTo(exitCode);
        });
    }

    private static Result.Run run(String line) {
        return run(line, Map.of());
    }

    private static Result.Run run(String line, Map<String, String> environment) {
        var words = line.isEmpty() ? new String[0] : line.split(" ", -1);
        return (Result.Run) CommandLine.parse(words, environment);
    }

    private static Result parse(String... arguments) {
        return CommandLine.parse(arguments, Map.of());
    }
}
