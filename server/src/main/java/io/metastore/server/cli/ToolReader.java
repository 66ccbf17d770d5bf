package io.metastore.server.cli;

import io.metastore.server.cli.CommandLine.Result;
import io.metastore.server.cli.text.UsageException;
import io.metastore.server.config.Bootstrap;
import io.metastore.server.config.CertificateFiles;
import io.metastore.server.config.ConfigException;
import io.metastore.server.config.MemberConfig;
import io.metastore.server.config.RestoreConfig;
import io.metastore.server.config.SourceConfig;
import io.metastore.server.config.Url;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Understands `snapshot`, `import`, `admin` and `recover-quorum`, the first two with the flags, the refusals and the
/// exit
/// codes of etcdutl.
final class ToolReader {
    private static final int FAILED = 1;
    private static final int BAD_FORMAT = 4;
    private static final int BAD_ARGUMENTS = 128;

    /// With what each is when it is not given.
    static final Map<String, String> RESTORE_FLAGS = Map.ofEntries(
            Map.entry("bump-revision", "0"),
            Map.entry("data-dir", ""),
            Map.entry("initial-advertise-peer-urls", "http://localhost:2380"),
            Map.entry("initial-cluster", "default=http://localhost:2380"),
            Map.entry("initial-cluster-token", Bootstrap.DEFAULT_TOKEN),
            Map.entry("initial-memory-map-size", "0"),
            Map.entry("mark-compacted", "false"),
            Map.entry("name", MemberConfig.DEFAULT_NAME),
            Map.entry("skip-hash-check", "false"),
            Map.entry("timeout", ""),
            Map.entry("wal-dir", ""),
            Map.entry("write-out", "simple"));

    static final Map<String, String> RECOVERY_FLAGS = Map.of("confirm", "", "data-dir", "", "wal-dir", "");

    private final Map<String, String> environment;

    ToolReader(Map<String, String> environment) {
        this.environment = environment;
    }

    /// Whether these words are for a tool, and not for a server.
    static boolean isTool(List<String> words) {
        return !words.isEmpty()
                && List.of("snapshot", "import", "admin", "recover-quorum").contains(words.getFirst());
    }

    Result read(List<String> words) {
        if (words.stream().anyMatch(List.of("-h", "--help", "-help")::contains)) {
            return new Result.Print(ToolHelp.of(words).text(), 0);
        }
        try {
            return switch (words.getFirst()) {
                case "import" -> importCluster(words.subList(1, words.size()));
                case "admin" -> new AdminReader(environment).read(words);
                case "recover-quorum" -> recoverQuorum(words.subList(1, words.size()));
                default -> snapshot(words);
            };
        } catch (UsageException e) {
            return new Result.Print(e.getMessage() + "\n", FAILED);
        } catch (ConfigException | IllegalArgumentException e) {
            return refused(String.valueOf(e.getMessage()), FAILED);
        }
    }

    private static Result snapshot(List<String> words) {
        return switch (String.join(" ", words.subList(0, Math.min(2, words.size())))) {
            case "snapshot status" -> status(words.subList(2, words.size()));
            case "snapshot restore" -> restore(words.subList(2, words.size()));
            default -> new Result.Print(ToolHelp.of(words).text(), 0);
        };
    }

    private static Result recoverQuorum(List<String> words) {
        var flags = ToolFlags.read(words, RECOVERY_FLAGS);
        var dataDir = flags.text("data-dir");
        if (!flags.arguments().isEmpty() || dataDir.isEmpty()) {
            return refused("recover-quorum requires --data-dir and no argument", BAD_ARGUMENTS);
        }
        var confirmation = flags.text("confirm");
        return new Result.Use(new Tool.RecoverQuorum(
                Path.of(dataDir),
                path(flags.text("wal-dir")).orElse(Path.of(dataDir)),
                confirmation.isEmpty() ? Optional.empty() : Optional.of(confirmation)));
    }

    private static Result status(List<String> words) {
        var flags = ToolFlags.read(words, Map.of("timeout", "", "write-out", "simple"));
        if (flags.arguments().size() != 1) {
            return refused("snapshot status requires exactly one argument", BAD_ARGUMENTS);
        }
        var file = flags.arguments().getFirst();
        if (!Files.exists(Path.of(file))) {
            return refused("stat " + file + ": no such file or directory", FAILED);
        }
        return switch (flags.text("write-out")) {
            case "simple" -> status(file, Tool.Format.SIMPLE);
            case "json" -> status(file, Tool.Format.JSON);
            case "table" -> status(file, Tool.Format.TABLE);
            case "fields" -> status(file, Tool.Format.FIELDS);
            case "protobuf" -> refused("protobuf not supported as output format", BAD_FORMAT);
            default -> refused("unsupported output format", BAD_FORMAT);
        };
    }

    private static Result status(String file, Tool.Format format) {
        return new Result.Use(new Tool.SnapshotStatus(Path.of(file), format));
    }

    private static Result restore(List<String> words) {
        var flags = ToolFlags.read(words, RESTORE_FLAGS);
        if (flags.arguments().size() != 1) {
            return refused("snapshot restore requires exactly one argument", BAD_ARGUMENTS);
        }
        var file = Path.of(flags.arguments().getFirst());
        return checked(flags).orElseGet(() -> new Result.Use(new Tool.RestoreSnapshot(file, config(flags))));
    }

    private Result importCluster(List<String> words) {
        var flags = ToolFlags.read(words, importFlags());
        if (!flags.arguments().isEmpty() || flags.text("from").isEmpty()) {
            return refused("import requires --from and no argument", BAD_ARGUMENTS);
        }
        return checked(flags)
                .orElseGet(() -> new Result.Use(
                        new Tool.ImportCluster(source(Url.parse(flags.text("from")), flags), config(flags))));
    }

    static Map<String, String> importFlags() {
        var known = new HashMap<>(RESTORE_FLAGS);
        known.remove("skip-hash-check");
        List.of("from", "cacert", "cert", "key", "user", "password").forEach(name -> known.put(name, ""));
        return known;
    }

    private static Optional<Result> checked(ToolFlags flags) {
        return flags.number("bump-revision") > 0 == flags.isTrue("mark-compacted")
                ? Optional.empty()
                : Optional.of(refused("--mark-compacted required if --revision-bump > 0", BAD_ARGUMENTS));
    }

    private static RestoreConfig config(ToolFlags flags) {
        var name = flags.text("name");
        var dataDir = flags.text("data-dir");
        var logDir = flags.text("wal-dir");
        var advertised = Stream.of(flags.text("initial-advertise-peer-urls").split(",", -1))
                .map(Url::parse)
                .toList();
        return new RestoreConfig(
                name,
                Path.of(dataDir.isEmpty() ? name + ".etcd" : dataDir),
                logDir.isEmpty() ? Optional.empty() : Optional.of(Path.of(logDir)),
                new Bootstrap(
                        Bootstrap.parseMembers(flags.text("initial-cluster")),
                        Bootstrap.State.NEW,
                        flags.text("initial-cluster-token")),
                advertised,
                !flags.values().containsKey("skip-hash-check") || !flags.isTrue("skip-hash-check"),
                flags.number("bump-revision"));
    }

    /// A member that is asked as the flags of a connection say.
    SourceConfig source(Url endpoint, ToolFlags flags) {
        var identity = new CertificateFiles(flags.text("cert"), flags.text("key"));
        if (identity.certificate().isEmpty() != identity.key().isEmpty()) {
            throw new ConfigException("--cert and --key belong together");
        }
        return new SourceConfig(endpoint, path(flags.text("cacert")), identity, login(flags));
    }

    private Optional<SourceConfig.Login> login(ToolFlags flags) {
        var user = flags.text("user");
        if (user.isEmpty()) {
            return Optional.empty();
        }
        int colon = user.indexOf(':');
        if (colon >= 0) {
            return Optional.of(new SourceConfig.Login(user.substring(0, colon), user.substring(colon + 1)));
        }
        var given = flags.text("password");
        return Optional.of(new SourceConfig.Login(
                user, given.isEmpty() ? environment.getOrDefault("ETCDCTL_PASSWORD", "") : given));
    }

    private static Optional<Path> path(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
    }

    private static Result refused(String message, int exitCode) {
        return new Result.Print("Error: " + message + "\n", exitCode);
    }
}
