package io.metastore.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.cli.CommandLine.Result;
import io.metastore.server.config.CertificateFiles;
import io.metastore.server.config.RestoreConfig;
import io.metastore.server.config.SourceConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolReaderTest {
    /// Texts and codes are etcdutl's.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "snapshot status | 128 | Error: snapshot status requires exactly one argument",
                "snapshot status a b | 128 | Error: snapshot status requires exactly one argument",
                "snapshot status no-such-file | 1 | Error: stat no-such-file: no such file or directory",
                "snapshot status pom.xml -w bogus | 4 | Error: unsupported output format",
                "snapshot status pom.xml -w protobuf | 4 | Error: protobuf not supported as output format",
                "snapshot status pom.xml -w | 1 | Error: flag needs an argument: 'w' in -w",
                "snapshot status pom.xml --foo | 1 | Error: unknown flag: --foo",
                "snapshot restore | 128 | Error: snapshot restore requires exactly one argument",
                "snapshot restore f --bump-revision 5 | 128 | Error: --mark-compacted required if --revision-bump > 0",
                "snapshot restore f --mark-compacted | 128 | Error: --mark-compacted required if --revision-bump > 0",
                "snapshot restore f --bump-revision x | 1 | Error: invalid argument \"x\" for \"--bump-revision\""
                        + " flag: strconv.ParseUint: parsing \"x\": invalid syntax",
                "snapshot restore f --skip-hash-check=maybe | 1 | Error: invalid argument \"maybe\" for"
                        + " \"--skip-hash-check\" flag: strconv.ParseBool: parsing \"maybe\": invalid syntax",
                "snapshot restore f --name m9 | 1 | Error: couldn't find local name \"m9\" in the initial cluster"
                        + " configuration",
                "snapshot restore f --initial-cluster bogus | 1 | Error: URL scheme must be http, https, unix, or"
                        + " unixs: ",
                "import | 128 | Error: import requires --from and no argument",
                "import --from http://a:1 --cert c | 1 | Error: --cert and --key belong together",
                "import --from ftp://a:1 | 1 | Error: URL scheme must be http, https, unix, or unixs: ftp://a:1",
            })
    void wordsThatCannotBeUsedAreRefused(String words, int exitCode, String text) {
        assertThat(parse(words.strip())).isInstanceOfSatisfying(Result.Print.class, print -> {
            assertThat(print.text().strip()).isEqualTo(text.strip());
            assertThat(print.exitCode()).isEqualTo(exitCode);
        });
    }

    @Test
    void everyFlagOfARestoreReachesItsRecord() {
        var tool = tool("snapshot restore --name m2 --data-dir=d --wal-dir w file"
                + " --initial-cluster m1=http://a:1,m2=http://b:2 --initial-cluster-token t"
                + " --initial-advertise-peer-urls http://b:2 --skip-hash-check --bump-revision 9 --mark-compacted");

        assertThat(tool).isInstanceOfSatisfying(Tool.RestoreSnapshot.class, restore -> {
            assertThat(restore.file()).isEqualTo(Path.of("file"));
            var config = restore.restore();
            assertThat(config.name()).isEqualTo("m2");
            assertThat(config.dataDir()).isEqualTo(Path.of("d"));
            assertThat(config.logDir()).contains(Path.of("w"));
            assertThat(config.founders()).hasToString("m1=http://a:1,m2=http://b:2");
            assertThat(config.founders().token()).isEqualTo("t");
            assertThat(config.advertised()).hasToString("[http://b:2]");
            assertThat(config.isHashChecked()).isFalse();
            assertThat(config.bumpRevision()).isEqualTo(9);
        });
    }

    @Test
    void aRestoreWithoutFlagsIsThatOfADefaultMember() {
        var tool = tool("snapshot restore file");

        assertThat(tool).isInstanceOfSatisfying(Tool.RestoreSnapshot.class, restore -> {
            RestoreConfig config = restore.restore();
            assertThat(config.dataDir()).isEqualTo(Path.of("default.etcd"));
            assertThat(config.logDir()).isEmpty();
            assertThat(config.founders()).hasToString("default=http://localhost:2380");
            assertThat(config.isHashChecked()).isTrue();
            assertThat(config.bumpRevision()).isZero();
        });
    }

    @Test
    void everyFlagOfAnImportReachesItsRecord() {
        var tool = tool("import --from https://etcd:2379 --cacert ca --cert c --key k --user me:secret");

        assertThat(tool).isInstanceOfSatisfying(Tool.ImportCluster.class, cluster -> {
            var source = cluster.source();
            assertThat(source.endpoint()).hasToString("https://etcd:2379");
            assertThat(source.authorities()).contains(Path.of("ca"));
            assertThat(source.identity()).isEqualTo(new CertificateFiles("c", "k"));
            assertThat(source.login()).contains(new SourceConfig.Login("me", "secret"));
            assertThat(source).asString().doesNotContain("secret");
            assertThat(cluster.restore().isHashChecked()).isTrue();
        });
    }

    @Test
    void thePasswordMayBeInTheEnvironment() {
        var words = "import --from http://etcd:2379 --user me".split(" ", -1);

        var result = CommandLine.parse(words, Map.of("ETCDCTL_PASSWORD", "secret"));

        assertThat(result)
                .isInstanceOfSatisfying(
                        Result.Use.class,
                        use -> assertThat(use.tool())
                                .isInstanceOfSatisfying(
                                        Tool.ImportCluster.class,
                                        cluster -> assertThat(cluster.source().login())
                                                .contains(new SourceConfig.Login("me", "secret"))));
    }

    @Test
    void aRecoveryIsAskedForWithAndWithoutItsConfirmation() {
        assertThat(tool("recover-quorum --data-dir d"))
                .isEqualTo(new Tool.RecoverQuorum(Path.of("d"), Path.of("d"), Optional.empty()));
        assertThat(tool("recover-quorum --data-dir=d --wal-dir w --confirm=0a1b"))
                .isEqualTo(new Tool.RecoverQuorum(Path.of("d"), Path.of("w"), Optional.of("0a1b")));
    }

    @Test
    void aRecoveryWithoutADirectoryIsRefused() {
        for (var line : List.of("recover-quorum", "recover-quorum --data-dir=d more", "recover-quorum --confirm=x")) {
            assertThat(CommandLine.parse(line.split(" ", -1), Map.of()))
                    .isEqualTo(new Result.Print("Error: recover-quorum requires --data-dir and no argument\n", 128));
        }
    }

    @Test
    void helpIsPrintedForEachOfThem() {
        assertThat(help("recover-quorum -h")).startsWith("Usage:\n  metastore recover-quorum --data-dir ");
        assertThat(help("snapshot")).startsWith("Usage:\n  metastore snapshot [command]\n");
        assertThat(help("snapshot nonsense")).isEqualTo(help("snapshot"));
        assertThat(help("snapshot --help")).isEqualTo(help("snapshot"));
        assertThat(help("snapshot status -h")).startsWith("Usage:\n  metastore snapshot status <filename> [flags]\n");
        assertThat(help("snapshot restore f --help")).startsWith("Usage:\n  metastore snapshot restore <filename> ");
        assertThat(help("import --help")).startsWith("Usage:\n  metastore import --from {client URL} ");
    }

    @Test
    void helpNamesEveryFlag() {
        ToolReader.RESTORE_FLAGS
                .keySet()
                .forEach(flag -> assertThat(help("snapshot restore -h")).contains("--" + flag + " "));
        ToolReader.importFlags()
                .keySet()
                .forEach(flag -> assertThat(help("import -h")).contains("--" + flag + " "));
        ToolReader.RECOVERY_FLAGS
                .keySet()
                .forEach(flag -> assertThat(help("recover-quorum -h")).contains("--" + flag + " "));
        List.of("timeout", "write-out")
                .forEach(flag -> assertThat(help("snapshot status -h")).contains("--" + flag + " "));
    }

    @Test
    void helpFitsATerminal() {
        for (var help : ToolHelp.values()) {
            assertThat(help.text().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
        }
    }

    private static String help(String words) {
        if (parse(words) instanceof Result.Print(var text, var exitCode)) {
            assertThat(exitCode).isZero();
            return text;
        }
        throw new AssertionError(parse(words).toString());
    }

    private static Result parse(String words) {
        return CommandLine.parse(words.split(" ", -1), Map.of());
    }

    private static Tool tool(String words) {
        if (parse(words) instanceof Result.Use(var tool)) {
            return tool;
        }
        throw new AssertionError(parse(words).toString());
    }
}
