package io.metastore.server.cli.original;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.cli.text.UsageException;
import io.metastore.server.cli.text.YamlFile;
import io.metastore.server.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OriginalFormTest {
    private static final KeyTable TABLE = new KeyTable();

    @TempDir
    Path folder;

    static List<EveryKey.Line> lines() {
        return EveryKey.lines();
    }

    @Test
    void eachKeyHasALineInTheTableBelow() {
        assertThat(lines())
                .extracting(EveryKey.Line::key)
                .containsExactlyElementsOf(TABLE.all().stream().map(Key::path).toList());
    }

    @ParameterizedTest
    @MethodSource("lines")
    void eachKeyDoesWhatItsLineSays(EveryKey.Line line) throws IOException {
        var told = told(line.file(), Map.of(), Map.of());

        if (line.outcome().equals("refused")) {
            assertThat(told).startsWith("this server cannot do what these settings ask for: " + line.key() + " in ");
        } else if (line.outcome().startsWith("no ")) {
            assertThat(told)
                    .startsWith("name=member-1")
                    .doesNotContain(line.outcome().substring(3) + "=");
        } else if (line.outcome().matches("[a-z-]+=.*")) {
            assertThat(told.split("\\s", -1)).contains(line.outcome().split(" ", -1));
            assertThat(told).doesNotContain("effect");
        } else {
            assertThat(told).contains(line.outcome()).contains(line.key() + " in ");
        }
    }

    /// An empty variable is none.
    static List<EveryKey.Line> linesWithValues() {
        return lines().stream().filter(line -> !unquoted(line).isEmpty()).toList();
    }

    /// Without what a YAML parser would take off.
    private static String unquoted(EveryKey.Line line) {
        return line.yaml().replaceAll("[\"\\[\\] ]", "");
    }

    @ParameterizedTest
    @MethodSource("linesWithValues")
    void eachKeyHasAVariableThatDoesTheSame(EveryKey.Line line) throws IOException {
        var byFile = told(line.file(), Map.of(), Map.of());
        var variable = TABLE.at(line.key()).variable();
        var value = unquoted(line);
        var byVariable = told(
                EveryKey.nested(Map.of("cluster_id", "1", "member_id", "1", "cluster", "http://a:1,http://b:2")),
                Map.of(),
                Map.of(variable, value));

        assertThat(byVariable).isEqualTo(byFile.replace(line.key() + " in " + folder.resolve("f.yaml"), variable));
    }

    /// Of those that may be set at all, and that not every file has to have.
    static List<Key> keysWithInitialValues() {
        return TABLE.all().stream()
                .filter(key -> key.effect() != Key.Effect.ABSENT)
                .filter(key -> !key.path().matches("cluster|cluster_id|member_id"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("keysWithInitialValues")
    void eachInitialValueMayBeWrittenOut(Key key) throws IOException {
        var plain = EveryKey.nested(Map.of("cluster_id", "1", "member_id", "1", "cluster", "http://a:1,http://b:2"));
        var written = plain + EveryKey.nested(Map.of(key.path(), yaml(key))).replace("server:\n", "");
        var same = told(written, Map.of(), Map.of());

        // That nobody expects the listeners is what setting these says.
        assertThat(withoutWarnings(same)).isEqualTo(withoutWarnings(told(plain, Map.of(), Map.of())));
        assertThat(same).doesNotContain("effect");
    }

    private static String yaml(Key key) {
        return switch (key.kind()) {
            case Kind.Switch _, Kind.Whole _, Kind.Fraction _ -> key.initial();
            case Kind.Time _, Kind.Text _, Kind.Texts _, Kind.Choice _ -> "\"" + key.initial() + "\"";
        };
    }

    private static String withoutWarnings(String told) {
        return told.lines().filter(line -> !line.startsWith("warning: ")).collect(Collectors.joining("\n"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "raft.nod_role: data          | unknown key raft.nod_role (did you mean raft.node_role?)",
                "max_requests: 5              | unknown key max_requests (did you mean limits.max_requests?)",
                "rafft.tick_interval: 5ms     | unknown key rafft (did you mean raft?)",
                "limit: 5                     | unknown key limit (did you mean limits?)",
                "frobnicate: 5                | unknown key frobnicate",
                "mysql.pasword: hidden        | unknown key mysql.pasword (did you mean mysql.password?)",
                "raft: 5                      | raft must have keys below it, it is \"5\"",
                "cluster_id: 0                | cluster_id is required and must be non-zero (a whole number > 0): cluster_id in F is \"0\"",
                "cluster_id: one              | cluster_id is required and must be non-zero (a whole number > 0), it is \"one\"",
                "raft.tick_interval: 100      | raft.tick_interval must be a duration with its unit",
                "raft.tick_interval: 100mms   | 100h30m: raft.tick_interval in F is \"100mms\"",
                "raft.tick_interval: -1s      | raft.tick_interval in F is \"-1s\"",
                "raft.tick_interval: 1us      | raft.tick_interval must be whole milliseconds, at least 1ms",
                "raft.election_tick: 1        | raft.election_tick must be > raft.heartbeat_tick (1 and 1)",
                "raft.heartbeat_tick: 3       | raft.election_tick must be at least 5 times raft.heartbeat_tick (10 and 3)",
                "raft.tick_interval: 6s       | raft.tick_interval times raft.election_tick must be 50s at most (6s x 10)",
                "raft.batch.load_threshold: 2 | raft.batch.load_threshold must be a number between 0 and 1",
                "raft.batch.min_batch_size: 257 | raft.batch.min_batch_size must be <= max_batch_size",
                "raft.node_role: witnes       | raft.node_role must be either 'data' or 'witness' (did you mean witness?)",
                "log.encoding: text           | log.encoding must be either 'json' or 'console'",
                "log.level: loud              | log.level must be one of: debug, info, warn, error, dpanic, panic, fatal",
                "log.output_paths: [a, b]     | log.output_paths must be stdout, stderr or one file",
                "log.output_paths: [5]        | log.output_paths must be a list of texts, it is \"[5]\"",
                "auth.bcrypt_cost: 3          | auth.bcrypt_cost must be between 4 and 31",
                "auth.token_ttl: 1500ms       | auth.token_ttl must be whole seconds, at least 1s",
                "mvcc.auto_compaction.mode: x | mvcc.auto_compaction.mode must be 'revision' or 'periodic'",
                "limits.max_request_size: 0   | limits.max_request_size must be > 0 and <= 67108864",
                "grpc.max_recv_msg_size: 1000 | grpc.max_recv_msg_size must be at least limits.max_request_size (1572864)",
                "etcd_gateway.enable: yes     | etcd_gateway.enable must be true or false, it is \"yes\"",
                "etcd.address: \"\"           | etcd.address is required",
                "etcd.address: \"2379\"       | etcd.address must be a port or an address with one, such as :2379",
                "etcd.address: node1:2379     | a name says where others come, and client_urls is for that",
                "member_id: 3                 | member_id must be between 1 and 2, member N is the N-th in cluster in F",
                "cluster: node1:2380          | cluster must be peer URLs, such as http://node1:2380,http://node2:2380",
                "cluster: \"http://:2380\"    | a URL needs a host",
                "cluster: a=http://a:1,a=http://b:1 | each member in cluster must have a name and place of its own",
                "data_dir: 5                  | data_dir must be a text, in quotes if need be, it is \"5\"",
            })
    void whatIsWrongIsNamedWithWhatIsAllowed(String line, String message) throws IOException {
        int colon = line.indexOf(": ");
        var file = new EveryKey.Line(line.substring(0, colon), line.substring(colon + 2), "").file();

        assertThat(told(file, Map.of(), Map.of())
                        .replace(folder.resolve("f.yaml").toString(), "F"))
                .contains(message.replace("100h30m", "1h30m"))
                .doesNotContain("hidden")
                .hasLineCount(1);
    }

    @Test
    void allThatCannotBeDoneIsNamedAtOnceAndNoPasswordIsShown() throws IOException {
        var told = told(
                EveryKey.nested(
                        Map.of("cluster_id", "1", "member_id", "1", "mysql.password", "hidden, insert_mode: upsert")),
                Map.of("max-requests", "8080"),
                Map.of("METASTORE_AUTH_ENABLE_AUDIT", "true"));

        assertThat(told)
                .contains("mysql.insert_mode in ", " is \"upsert\", allowed is \"insert\" (")
                .contains("flag -max-requests must be left out (there is no limit of concurrent requests yet)")
                .contains("METASTORE_AUTH_ENABLE_AUDIT is \"true\", allowed is \"false\" (there is no audit log yet)")
                .doesNotContain("hidden")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({"cluster_id, member_id", "member_id, cluster_id"})
    void aFileNamesItsClusterAndItsMember(String given, String missing) throws IOException {
        assertThat(told(EveryKey.nested(Map.of(given, "1")), Map.of(), Map.of()))
                .isEqualTo(missing + " is required and must be non-zero");
        assertThat(told(EveryKey.nested(Map.of(given, "1")), Map.of(missing.replace('_', '-'), "1"), Map.of()))
                .contains("name=member-1");
    }

    @Test
    void aFlagWinsOverAVariableAndThatOverTheFile() throws IOException {
        var file = EveryKey.nested(Map.of("cluster_id", "1", "member_id", "1", "log.level", "debug"));
        var variables = Map.of("METASTORE_LOG_LEVEL", "warn");

        assertThat(told(file, Map.of(), Map.of())).contains("log-level=debug");
        assertThat(told(file, Map.of(), variables)).contains("log-level=warn");
        assertThat(told(file, Map.of("log-level", "error"), variables))
                .contains("log-level=error")
                .contains("environment variable METASTORE_LOG_LEVEL is shadowed by flag -log-level");
    }

    @Test
    void aWitnessServesNobodyAndSaysWhatDoesNotFit() throws IOException {
        var base = new HashMap<>(Map.of("cluster_id", "1", "member_id", "1", "raft.node_role", "witness"));
        assertThat(told(nestedWith(base, "etcd.address", "\"\""), Map.of(), Map.of()))
                .doesNotContain("listen-client-urls")
                .doesNotContain("storage=");
        assertThat(told(nestedWith(base, "etcd.address", "\":1\""), Map.of(), Map.of()))
                .contains("keeps no keys and serves no clients, so leave etcd.address out");
        assertThat(told(nestedWith(base, "storage", "memory"), Map.of(), Map.of()))
                .contains("keeps no keys and serves no clients, so leave storage out");
        base.remove("raft.node_role");
        assertThat(told(
                        nestedWith(base, "raft", "{node_role: witness, lease_read: {enable: true}}"),
                        Map.of(),
                        Map.of()))
                .startsWith("witness nodes cannot have lease_read enabled (no data to serve)");
    }

    private static String nestedWith(Map<String, String> base, String path, String value) {
        var all = new HashMap<>(base);
        all.put(path, value);
        return EveryKey.nested(all);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "enable: true, mode: revision, retention: 50                | {}                  | revision 50",
                "enable: true, mode: revision, retention: 50                | {max_revisions: 40} | revision 40",
                "enable: true, mode: revision, retention: 50                | {max_revisions: 60} | revision 50",
                "enable: true, mode: periodic, period: 2h                   | {}                  | periodic 2h",
                "enable: true, mode: periodic, period: 2h                   | {max_age: 1h}       | periodic 1h",
                "enable: true, mode: periodic, period: 2h                   | {max_age: 3h}       | periodic 2h",
            })
    void retentionBoundsWhatAutoCompactionKeeps(String auto, String retention, String kept) throws IOException {
        var file = EveryKey.nested(Map.of(
                "cluster_id",
                "1",
                "member_id",
                "1",
                "mvcc",
                "{auto_compaction: {" + auto + "}, retention: " + retention + "}"));

        assertThat(told(file, Map.of(), Map.of()))
                .contains("auto-compaction-mode=" + kept.split(" ", -1)[0])
                .contains("auto-compaction-retention=" + kept.split(" ", -1)[1]);
    }

    @Test
    void compactionByTimeNeedsATime() throws IOException {
        var file = EveryKey.nested(Map.of(
                "cluster_id", "1", "member_id", "1", "mvcc", "{auto_compaction: {enable: true, mode: periodic}}"));

        assertThat(told(file, Map.of(), Map.of()))
                .contains("mvcc.auto_compaction.period must be > 0, as mvcc.auto_compaction.mode in ");
    }

    @Test
    void certificatesOfClientsAreDemandedOrNotLookedAt() throws IOException {
        var file = EveryKey.nested(
                Map.of("cluster_id", "1", "member_id", "1", "tls", "{ca_file: c.ca, require_client_cert: true}"));

        assertThat(told(file, Map.of(), Map.of())).contains("trusted-ca-file=c.ca", "client-cert-auth=true");
    }

    @ParameterizedTest
    @CsvSource({
        "member-id, 0, member_id is required and must be non-zero",
        "member-id, x, member_id is required and must be non-zero",
        "grpc-port, 65536, a port must be > 0 and <= 65535",
        "log-format, xml, must be either 'json' or 'text'",
        "storage, disk, 'storage must be one of: memory, rocksdb, pebble'",
        "join, maybe, join must be true or false",
    })
    void aBadFlagIsNamedAsOnTheCommandLine(String flag, String value, String message) {
        assertThatThrownBy(() -> new OriginalForm(Map.of()).translate(Optional.empty(), Map.of(flag, value)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("invalid value \"" + value + "\" for flag -" + flag)
                .hasMessageContaining(message);
    }

    @Test
    void twoFlagsForOnePlaceAreRefused() throws IOException {
        assertThatThrownBy(() -> new OriginalForm(Map.of())
                        .translate(Optional.empty(), Map.of("grpc-port", "1", "grpc-addr", ":2")))
                .hasMessage(
                        "invalid value \"1\" for flag -grpc-port: flag -grpc-addr says where clients are served, too");
    }

    @Test
    void allButServerIsRefusedAtTheRootAndSoAreKeysThatComeTwice() throws IOException {
        assertThat(told("server: {cluster_id: 1}\nname: m1\n", Map.of(), Map.of()))
                .contains("unknown key name beside server");
        assertThat(told("server:\n  member_id: 1\n  member_id: 2\n", Map.of(), Map.of()))
                .contains("it is not valid YAML", "member_id");
        assertThat(told("server: 5\n", Map.of(), Map.of())).contains("server must have keys below it, it is \"5\"");
    }

    @Test
    void aVariableThatIsNoneIsWarnedOfUnlessItIsOfKubernetesOrTheLauncher() {
        var form = new OriginalForm(Map.of(
                "METASTORE_MEMBR_ID", "1",
                "METASTORE_SERVICE_HOST", "10.0.0.1",
                "METASTORE_SERVICE_PORT_CLIENT", "2379",
                "METASTORE_PORT", "tcp://10.0.0.1:2379",
                "METASTORE_CLIENT_PORT_2379_TCP_ADDR", "10.0.0.1",
                "METASTORE_JAVA_OPTS", "-Xmx1g",
                "METASTORE_MEMBER_ID", ""));

        assertThat(form.variables()).isEmpty();
        assertThat(form.warnings())
                .containsExactly(
                        "unrecognized environment variable METASTORE_MEMBR_ID (did you mean METASTORE_MEMBER_ID?)");
    }

    /// What comes of settings: `flag=value` and `warning: ...` a line, or the message of the error.
    private String told(String file, Map<String, String> flags, Map<String, String> environment) throws IOException {
        var path = Files.writeString(folder.resolve("f.yaml"), file);
        try {
            var translated = new OriginalForm(environment).translate(Optional.of(YamlFile.read(path)), flags);
            return translated.assignments().stream()
                            .map(one -> one.flag() + "=" + one.value())
                            .collect(Collectors.joining("\n"))
                    + translated.warnings().stream()
                            .map(warning -> "\nwarning: " + warning)
                            .collect(Collectors.joining());
        } catch (ConfigException | UsageException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
