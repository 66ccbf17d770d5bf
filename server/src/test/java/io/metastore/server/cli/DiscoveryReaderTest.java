package io.metastore.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.cli.CommandLine.Result;
import io.metastore.server.config.Bootstrap;
import io.metastore.server.config.CertificateFiles;
import io.metastore.server.config.DiscoveryConfig;
import io.metastore.server.config.DnsDiscovery;
import io.metastore.server.config.SourceConfig;
import io.metastore.server.config.Url;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Refusals are those of etcd 3.7.1, recorded from it.
class DiscoveryReaderTest {
    private static final Map<String, String> GIVEN = Map.ofEntries(
            Map.entry("discovery-token", "t"),
            Map.entry("discovery-endpoints", "https://a.example:1,b.example:2,http://c.example:3"),
            Map.entry("discovery-dial-timeout", "3s"),
            Map.entry("discovery-request-timeout", "4s"),
            Map.entry("discovery-keepalive-time", "15s"),
            Map.entry("discovery-keepalive-timeout", "7s"),
            Map.entry("discovery-insecure-transport", "false"),
            Map.entry("discovery-insecure-skip-tls-verify", "true"),
            Map.entry("discovery-cert", "d.crt"),
            Map.entry("discovery-key", "d.key"),
            Map.entry("discovery-cacert", "d.ca"),
            Map.entry("discovery-user", "root"),
            Map.entry("discovery-password", "secret"),
            Map.entry("discovery-fallback", "exit"));

    @Test
    void everyFlagReachesItsSetting() {
        var works = new FlagTable()
                .sections().values().stream()
                        .flatMap(List::stream)
                        .filter(flag -> flag.standing() == Flag.Standing.WORKS)
                        .map(Flag::name)
                        .filter(name -> name.startsWith("discovery-") && !name.startsWith("discovery-srv"));
        assertThat(works).containsExactlyInAnyOrderElementsOf(GIVEN.keySet());

        var words = GIVEN.entrySet().stream().map(flag -> "--" + flag.getKey() + "=" + flag.getValue());
        assertThat(bootstrap(words))
                .isEqualTo(new Bootstrap(
                        Bootstrap.parseMembers("default=http://localhost:2380"),
                        Bootstrap.State.NEW,
                        "t",
                        Optional.of(new DiscoveryConfig(
                                "t",
                                List.of(
                                        new Url(true, "a.example", 1),
                                        new Url(true, "b.example", 2),
                                        new Url("c.example", 3)),
                                new DiscoveryConfig.Timing(
                                        Duration.ofSeconds(3),
                                        Duration.ofSeconds(4),
                                        Duration.ofSeconds(15),
                                        Duration.ofSeconds(7)),
                                new DiscoveryConfig.Security(true, new CertificateFiles("d.crt", "d.key"), "d.ca"),
                                Optional.of(new SourceConfig.Login("root", "secret"))))));
    }

    @Test
    void aTokenAndAnEndpointAreEnough() {
        assertThat(discovery("--discovery-token=t", "--discovery-endpoints=a.example:1"))
                .isEqualTo(new DiscoveryConfig(
                        "t",
                        List.of(new Url("a.example", 1)),
                        DiscoveryConfig.Timing.defaults(),
                        DiscoveryConfig.Security.NONE,
                        Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "--discovery-cacert=x, true",
        "--discovery-insecure-transport=false, true",
        "--discovery-insecure-transport=true, false",
        "--discovery-insecure-skip-tls-verify, false"
    })
    void anEndpointWithoutASchemeIsSecureWhereAnythingIsSaidAboutSecurity(String flag, boolean secure) {
        var endpoints = discovery("--discovery-token=t", "--discovery-endpoints=a.example:1", flag)
                .endpoints();

        assertThat(endpoints).containsExactly(new Url(secure, "a.example", 1));
    }

    @Test
    void theUserMayBringThePassword() {
        var login = discovery("--discovery-token=t", "--discovery-endpoints=a:1", "--discovery-user=root:se:cret")
                .login();

        assertThat(login).contains(new SourceConfig.Login("root", "se:cret"));
        assertThat(login.toString()).doesNotContain("cret");
    }

    @Test
    void withoutAPasswordNobodyLogsIn() {
        assertThat(discovery("--discovery-token=t", "--discovery-endpoints=a:1", "--discovery-user=root")
                        .login())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--discovery-token=t, both --discovery-token and --discovery-endpoints must be set",
        "--discovery-endpoints=a:1, both --discovery-token and --discovery-endpoints must be set",
        "--discovery-token=t --discovery-endpoints=, --discovery-endpoints must not contain empty endpoints",
        "'--discovery-token=t --discovery-endpoints=a:1,', --discovery-endpoints must not contain empty endpoints",
        "--discovery-token=t --discovery-endpoints=a:1 --initial-cluster=default=http://localhost:2380, "
                + "'multiple discovery or bootstrap flags are set. Choose one of \"initial-cluster\", "
                + "\"discovery-endpoints\" or \"discovery-srv\"'",
        "--discovery-srv=d --initial-cluster=default=http://localhost:2380, "
                + "'multiple discovery or bootstrap flags are set. Choose one of \"initial-cluster\", "
                + "\"discovery-endpoints\" or \"discovery-srv\"'",
        "--discovery-srv=d --discovery-token=t --discovery-endpoints=a:1, "
                + "'multiple discovery or bootstrap flags are set. Choose one of \"initial-cluster\", "
                + "\"discovery-endpoints\" or \"discovery-srv\"'",
        "--discovery-fallback=proxy, "
                + "'v2 proxy is deprecated, and --discovery-fallback can''t be configured as \"proxy\"'"
    })
    void whatMakesNoSenseIsRefusedInEtcdsWords(String line, String text) {
        assertThat(run(Stream.of(line.split(" ", -1)))).isEqualTo(new Result.Print(text + "\n", 1));
    }

    @Test
    void aFallbackIsOneOfTwoWords() {
        assertThat(run(Stream.of("--discovery-fallback=foo")))
                .isEqualTo(new Result.Print("invalid value \"foo\" for flag -discovery-fallback: invalid value\n", 2));
    }

    @Test
    void aDomainNamesTheFounders() {
        var self = Bootstrap.parseMembers("default=http://localhost:2380");

        assertThat(bootstrap(Stream.of("--discovery-srv=example.com", "--discovery-srv-name=x")))
                .isEqualTo(new Bootstrap(
                        self, Bootstrap.State.NEW, "etcd-cluster", Optional.of(new DnsDiscovery("example.com", "x"))));
        assertThat(bootstrap(Stream.of("--discovery-srv=", "--discovery-srv-name=x")))
                .isEqualTo(new Bootstrap(self, Bootstrap.State.NEW, "etcd-cluster"));
    }

    private static DiscoveryConfig discovery(String... words) {
        return switch (bootstrap(Stream.of(words)).search().orElseThrow()) {
            case DiscoveryConfig service -> service;
            case DnsDiscovery dns -> throw new AssertionError(dns);
        };
    }

    private static Bootstrap bootstrap(Stream<String> words) {
        return switch (run(words)) {
            case Result.Run(var config, var _) -> config.bootstrap();
            case Result.Print(var text, var _) -> throw new AssertionError(text);
            case Result.Use(var tool) -> throw new AssertionError(tool);
        };
    }

    private static Result run(Stream<String> words) {
        return CommandLine.parse(words.toArray(String[]::new), Map.of());
    }
}
