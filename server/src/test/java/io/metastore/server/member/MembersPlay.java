package io.metastore.server.member;

import io.metastore.server.readme.Shell;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Carries out the lines of a record, and says what came of each:
///
///     $ etcdctl member list      a command; `ID-m2` is the id of m2, `PEER-m2` its peer URL
///     ~ etcdctl member add …     the same, again while the cluster is not steady enough
///     + start m2                 starts it with the environment that the last `member add` printed
///     + ended m2                 waits for its end: the exit code
///     + restart m2               starts it on what it left
///     + kill m2                  ends it at once
///
/// Ids are told as ordinals in the order of their appearance, however many digits they have; lists of members in the
/// order of their addresses.
final class MembersPlay {
    private static final Pattern ID = Pattern.compile("\\b[0-9a-f]{12,16}\\b");
    /// Where etcdctl fills an id that has fewer digits than others.
    private static final Pattern FILLED = Pattern.compile("(?<=Member |cluster ) +(?=[0-9a-f])");
    private static final Pattern PRINTED = Pattern.compile("ETCD_([A-Z_]+)=\"([^\"]*)\"");
    private static final int MOST_ATTEMPTS = 60;
    /// What a cluster says that needs a moment more.
    private static final List<String> NOT_YET =
            List.of("unhealthy cluster", "in sync with leader", "not supported for learner");

    private final GrowingCluster cluster;
    private final Shell anyShell;
    private final Map<String, String> ordinals = new HashMap<>();
    private Map<String, String> printed = Map.of();

    MembersPlay(GrowingCluster cluster, Shell anyShell) {
        this.cluster = cluster;
        this.anyShell = anyShell;
    }

    /// What is told of the line, which ends with a line break if there is anything.
    String play(String line) {
        var rest = line.substring(2);
        return switch (line.charAt(0)) {
            case '$' -> told(run(rest));
            case '~' -> told(untilSteady(rest));
            case '+' -> act(rest.split(" ", -1));
            default -> throw new IllegalArgumentException("no such line: " + line);
        };
    }

    private String act(String[] words) {
        var name = words[1];
        switch (words[0]) {
            case "start" -> cluster.start(name, name.equals("m1") ? cluster.founding() : printed);
            case "restart" -> {
                cluster.member(name).start();
                cluster.member(name).awaitReady(java.time.Duration.ofSeconds(40));
            }
            case "kill" -> cluster.member(name).kill();
            case "ended" -> {
                return "exit code " + cluster.member(name).awaitEnd() + "\n";
            }
            default -> throw new IllegalArgumentException("no such act: " + words[0]);
        }
        return "";
    }

    /// A command that went well may have logged that one member refused it: the client asks another one then.
    private Shell.Ended untilSteady(String command) {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            var ended = run(command);
            if (ended.exitCode() == 0 || NOT_YET.stream().noneMatch(ended.output()::contains)) {
                return ended;
            }
            java.util.concurrent.locks.LockSupport.parkNanos(250_000_000);
        }
        throw new AssertionError(command + " was refused all the time");
    }

    private Shell.Ended run(String command) {
        var shell = new Shell(anyShell.folder(), endpoints());
        var ended = shell.run(cluster.withAddresses(withIds(command)));
        var found = new LinkedHashMap<String, String>();
        PRINTED.matcher(ended.output())
                .results()
                .forEach(match -> found.put(
                        match.group(1).toLowerCase(java.util.Locale.ROOT).replace('_', '-'), match.group(2)));
        if (found.containsKey("initial-cluster")) {
            found.remove("name");
            found.remove("initial-advertise-peer-urls");
            printed = found;
        }
        return ended;
    }

    private Map<String, String> endpoints() {
        var environment = new HashMap<>(anyShell.environment());
        environment.put("ETCDCTL_ENDPOINTS", cluster.endpoints());
        return environment;
    }

    /// Asks who has which id only when a command needs one.
    private String withIds(String command) {
        var text = command;
        while (text.contains("ID-")) {
            int at = text.indexOf("ID-");
            var name = text.substring(at + 3, at + 5);
            text = text.replace("ID-" + name, id(name));
        }
        return text;
    }

    private String id(String name) {
        var list = new Shell(anyShell.folder(), endpoints())
                .run("etcdctl member list")
                .output();
        return list.lines()
                .filter(line -> line.contains(cluster.peerUrl(name)))
                .map(line -> line.split(",", -1)[0])
                .findFirst()
                .or(() -> Optional.ofNullable(ordinals.get("of " + name)))
                .map(id -> {
                    ordinals.put("of " + name, id);
                    return id;
                })
                .orElseThrow(() -> new AssertionError(name + " is not in\n" + list));
    }

    /// Without the lines that the client logs, which hold times.
    private String told(Shell.Ended ended) {
        var lines = cluster.withNames(ended.output())
                .lines()
                .filter(line -> !line.startsWith("{\"level\""))
                .map(MembersPlay::sortedCluster)
                .toList();
        boolean isList =
                lines.stream().allMatch(line -> line.contains(", started, ") || line.contains(", unstarted, "));
        var ordered =
                isList ? lines.stream().sorted((one, other) -> afterId(one).compareTo(afterId(other))) : lines.stream();
        var text = Stream.concat(
                        ordered, ended.exitCode() == 0 ? Stream.empty() : Stream.of("[" + ended.exitCode() + "]"))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
        return ID.matcher(FILLED.matcher(text).replaceAll("")).replaceAll(match -> ordinal(match.group()));
    }

    private String ordinal(String id) {
        return ordinals.computeIfAbsent(
                id,
                _ -> "#"
                        + ordinals.values().stream()
                                .filter(known -> known.startsWith("#"))
                                .count());
    }

    private static String afterId(String line) {
        return line.substring(line.indexOf(','));
    }

    /// The order of the members is that of their ids.
    private static String sortedCluster(String line) {
        var name = "ETCD_INITIAL_CLUSTER=\"";
        if (!line.startsWith(name)) {
            return line;
        }
        var members = line.substring(name.length(), line.length() - 1).split(",", -1);
        return name + Arrays.stream(members).sorted().collect(Collectors.joining(",")) + "\"";
    }
}
