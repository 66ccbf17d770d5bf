package io.metastore.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.cli.CommandLine.Result;
import io.metastore.server.config.AdminConfig;
import io.metastore.server.config.AdminConfig.Action;
import io.metastore.server.config.AdminConfig.Successor;
import io.metastore.server.config.CertificateFiles;
import io.metastore.server.config.SourceConfig;
import io.metastore.server.config.Url;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdminReaderTest {
    @Test
    void everyCommandIsUnderstood() {
        assertThat(action("members")).isEqualTo(new Action.Members());
        assertThat(action("add --peer-urls http://a:1,http://b:1 --role=witness --expected-version 12"))
                .isEqualTo(new Action.Add(List.of("http://a:1", "http://b:1"), AdminConfig.Role.WITNESS, "12"));
        assertThat(action("remove m1")).isEqualTo(new Action.Remove("m1", ""));
        assertThat(action("promote m1 --expected-version=12")).isEqualTo(new Action.Promote("m1", "12"));
        assertThat(action("replace m1 --peer-urls=http://a:1"))
                .isEqualTo(new Action.Replace("m1", new Successor.Newcomer(List.of("http://a:1")), ""));
        assertThat(action("replace m1 --learner m2"))
                .isEqualTo(new Action.Replace("m1", new Successor.Learner("m2"), ""));
        assertThat(action("transfer")).isEqualTo(new Action.Transfer(Optional.empty()));
        assertThat(action("transfer m1")).isEqualTo(new Action.Transfer(Optional.of("m1")));
        assertThat(action("prepare-stop m1 --force")).isEqualTo(new Action.PrepareStop(Optional.of("m1"), true));
        assertThat(action("prepare-stop")).isEqualTo(new Action.PrepareStop(Optional.empty(), false));
    }

    @Test
    void theConnectionIsDescribedAsEtcdctlsIs() {
        var config = config(
                Map.of(),
                "members --endpoints a:1,http://b:2 --cacert ca --cert c --key k --user root:secret"
                        + " --command-timeout 5s -w json");

        var identity = new CertificateFiles("c", "k");
        var login = Optional.of(new SourceConfig.Login("root", "secret"));
        assertThat(config.endpoints())
                .containsExactly(
                        new SourceConfig(Url.parse("https://a:1"), Optional.of(Path.of("ca")), identity, login),
                        new SourceConfig(Url.parse("http://b:2"), Optional.of(Path.of("ca")), identity, login));
        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.json()).isTrue();
    }

    @Test
    void etcdctlsVariablesStandInForFlags() {
        var environment = Map.of("ETCDCTL_ENDPOINTS", "a:1", "ETCDCTL_USER", "root", "ETCDCTL_PASSWORD", "secret");

        var config = config(environment, "members");
        assertThat(config.endpoints())
                .containsExactly(new SourceConfig(
                        Url.parse("http://a:1"),
                        Optional.empty(),
                        new CertificateFiles("", ""),
                        Optional.of(new SourceConfig.Login("root", "secret"))));
        assertThat(config(environment, "members --endpoints=b:2").endpoints())
                .extracting(SourceConfig::endpoint)
                .containsExactly(Url.parse("http://b:2"));
        assertThat(config(Map.of(), "members").endpoints())
                .extracting(SourceConfig::endpoint)
                .containsExactly(Url.parse("http://127.0.0.1:2379"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "admin bogus | Error: unknown command \"bogus\" for \"metastore admin\"",
                "admin members m1 | Error: admin members takes no argument",
                "admin members --force | Error: unknown flag: --force",
                "admin members -w fields | Error: unsupported output format: fields, not table or json",
                "admin members --cert c | Error: --cert and --key belong together",
                "admin members --endpoints ftp://a:1 | Error: URL scheme must be http, https, unix, or unixs: ftp://a:1",
                "admin members --command-timeout 0s | Error: the timeout must be positive",
                "admin add | Error: admin add requires --peer-urls",
                "admin add --peer-urls http://a:1 --role king | Error: --role is voter, learner or witness",
                "admin remove | Error: admin remove takes one member",
                "admin remove m1 m2 | Error: admin remove takes one member",
                "admin transfer m1 m2 | Error: admin transfer takes one member at most",
                "admin replace m1 | Error: admin replace requires --peer-urls or --learner, one of the two",
            })
    void wordsThatCannotBeUsedAreRefused(String words, String text) {
        assertThat(parse(Map.of(), words.strip())).isInstanceOfSatisfying(Result.Print.class, print -> {
            assertThat(print.text().strip()).isEqualTo(text.strip());
            assertThat(print.exitCode()).isEqualTo(1);
        });
    }

    @Test
    void helpNamesEveryCommand() {
        for (var words : List.of("admin", "admin --help", "admin remove -h")) {
            assertThat(parse(Map.of(), words)).isInstanceOfSatisfying(Result.Print.class, print -> {
                assertThat(print.exitCode()).isZero();
                assertThat(print.text())
                        .contains("members", "add", "remove", "promote", "replace", "transfer", "prepare-stop");
            });
        }
    }

    private static Action action(String words) {
        return config(Map.of(), words).action();
    }

    private static AdminConfig config(Map<String, String> environment, String words) {
        if (parse(environment, "admin " + words) instanceof Result.Use(Tool.Administer(var config))) {
            return config;
        }
        throw new AssertionError("not understood: " + parse(environment, "admin " + words));
    }

    private static Result parse(Map<String, String> environment, String words) {
        return CommandLine.parse(words.split(" ", -1), environment);
    }
}
