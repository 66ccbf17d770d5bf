package io.metastore.server.cli;

import io.metastore.server.cli.CommandLine.Result;
import io.metastore.server.cli.text.GoDuration;
import io.metastore.server.cli.text.UsageException;
import io.metastore.server.config.AdminConfig;
import io.metastore.server.config.AdminConfig.Action;
import io.metastore.server.config.AdminConfig.Successor;
import io.metastore.server.config.SourceConfig;
import io.metastore.server.config.Url;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Understands `admin`. Connections are described as etcdctl's are: by the same flags, and by its variables where no
/// flag is given.
final class AdminReader {
    private static final String VARIABLE = "ETCDCTL_";
    private static final String EXPECTED = "expected-version";
    private static final String PEER_URLS = "peer-urls";

    /// With what each is when it is not given.
    private static final Map<String, String> CONNECTION = Map.of(
            "endpoints", "127.0.0.1:2379",
            "cacert", "",
            "cert", "",
            "key", "",
            "user", "",
            "password", "",
            "command-timeout", "30s",
            "write-out", "table");

    private final Map<String, String> environment;

    AdminReader(Map<String, String> environment) {
        this.environment = environment;
    }

    /// One thing that can be done.
    ///
    /// @param flags besides those of the connection, with what each is when it is not given
    /// @param least how many members must be named, and at most one can be
    private record Command(Map<String, String> flags, int least, Function<ToolFlags, Action> action) {}

    private static final Map<String, Command> COMMANDS = Map.of(
            "members", new Command(Map.of(), 0, _ -> new Action.Members()),
            "add", new Command(Map.of(PEER_URLS, "", "role", "voter", EXPECTED, ""), 0, AdminReader::add),
            "remove",
                    new Command(
                            Map.of(EXPECTED, ""), 1, flags -> new Action.Remove(member(flags), flags.text(EXPECTED))),
            "promote",
                    new Command(
                            Map.of(EXPECTED, ""), 1, flags -> new Action.Promote(member(flags), flags.text(EXPECTED))),
            "replace", new Command(Map.of(PEER_URLS, "", "learner", "", EXPECTED, ""), 1, AdminReader::replace),
            "transfer", new Command(Map.of(), 0, flags -> new Action.Transfer(named(flags))),
            "prepare-stop",
                    new Command(
                            Map.of("force", "false"),
                            0,
                            flags -> new Action.PrepareStop(named(flags), flags.isTrue("force"))));

    /// @param words from `admin` on
    /// @throws UsageException when they are not understood
    /// @throws IllegalArgumentException when a value is none
    Result read(List<String> words) {
        if (words.size() < 2) {
            return new Result.Print(ToolHelp.ADMIN.text(), 0);
        }
        var command = COMMANDS.get(words.get(1));
        if (command == null) {
            throw new UsageException("Error: unknown command \"" + words.get(1) + "\" for \"metastore admin\"");
        }
        var flags = ToolFlags.read(words.subList(2, words.size()), known(command));
        int named = flags.arguments().size();
        int most = words.get(1).equals("members") || words.get(1).equals("add") ? 0 : 1;
        if (named < command.least() || named > most) {
            throw new UsageException("Error: admin " + words.get(1) + " takes "
                    + (most == 0 ? "no argument" : command.least() == 0 ? "one member at most" : "one member"));
        }
        return new Result.Use(new Tool.Administer(new AdminConfig(
                endpoints(flags),
                command.action().apply(flags),
                GoDuration.parse(flags.text("command-timeout")),
                isJson(flags.text("write-out")))));
    }

    private Map<String, String> known(Command command) {
        var known = new HashMap<>(command.flags());
        CONNECTION.forEach((name, initial) -> known.put(name, environment.getOrDefault(variable(name), initial)));
        return known;
    }

    private static String variable(String flag) {
        return VARIABLE + flag.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private List<SourceConfig> endpoints(ToolFlags flags) {
        var reader = new ToolReader(environment);
        boolean secure =
                Stream.of("cacert", "cert").anyMatch(name -> !flags.text(name).isEmpty());
        return Stream.of(flags.text("endpoints").split(",", -1))
                .map(text -> text.contains("://") ? text : (secure ? "https://" : "http://") + text)
                .map(text -> reader.source(Url.parse(text), flags))
                .toList();
    }

    private static boolean isJson(String format) {
        return switch (format) {
            case "json" -> true;
            case "table", "simple" -> false;
            default -> throw new UsageException("Error: unsupported output format: " + format + ", not table or json");
        };
    }

    private static Action add(ToolFlags flags) {
        var role = switch (flags.text("role")) {
            case "voter" -> AdminConfig.Role.VOTER;
            case "learner" -> AdminConfig.Role.LEARNER;
            case "witness" -> AdminConfig.Role.WITNESS;
            default -> throw new UsageException("Error: --role is voter, learner or witness");
        };
        if (flags.text(PEER_URLS).isEmpty()) {
            throw new UsageException("Error: admin add requires --peer-urls");
        }
        return new Action.Add(urls(flags), role, flags.text(EXPECTED));
    }

    private static Action replace(ToolFlags flags) {
        if (flags.text(PEER_URLS).isEmpty() == flags.text("learner").isEmpty()) {
            throw new UsageException("Error: admin replace requires --peer-urls or --learner, one of the two");
        }
        var successor = flags.text("learner").isEmpty()
                ? new Successor.Newcomer(urls(flags))
                : new Successor.Learner(flags.text("learner"));
        return new Action.Replace(member(flags), successor, flags.text(EXPECTED));
    }

    private static List<String> urls(ToolFlags flags) {
        return List.of(flags.text(PEER_URLS).split(",", -1));
    }

    private static String member(ToolFlags flags) {
        return flags.arguments().getFirst();
    }

    private static Optional<String> named(ToolFlags flags) {
        return flags.arguments().stream().findFirst();
    }
}
