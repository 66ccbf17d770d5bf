package io.metastore.server.cli;

import io.metastore.server.cli.original.OriginalForm;
import io.metastore.server.cli.text.GoDuration;
import io.metastore.server.cli.text.UsageException;
import io.metastore.server.config.Url;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// What each flag is set to: by the command line, else by the environment, else initially. A configuration file in
/// etcd's form takes the place of the first two; one in the original's form comes behind them.
final class Settings {
    private final FlagTable table;
    private final SequencedMap<String, Given> given;
    private final List<String> warnings = new ArrayList<>();

    private Settings(FlagTable table, SequencedMap<String, Given> given) {
        this.table = table;
        this.given = given;
    }

    /// @throws UsageException when a flag is unknown, or set to what is not available yet
    /// @throws io.metastore.server.config.ConfigException when the configuration file cannot be used
    ///
    /// @param usualFile read when no file is named, if it is there and nothing is said in etcd's form
    static Settings read(FlagTable table, List<String> arguments, Map<String, String> environment, Path usualFile) {
        var settings = new Settings(table, new LinkedHashMap<>(Arguments.read(table, arguments)));
        settings.addEnvironment(environment);
        settings.settle(new Forms(table, settings.given, new OriginalForm(environment)).settle(usualFile));
        settings.given.values().forEach(settings::judge);
        return settings;
    }

    /// What should be said at start, each thing once.
    List<String> warnings() {
        return List.copyOf(warnings);
    }

    boolean isGiven(String name) {
        return given.containsKey(name);
    }

    String text(String name) {
        return read(name, Function.identity());
    }

    /// @throws UsageException when it is none, or not within the two
    long number(String name, long lowest, long highest) {
        return read(name, text -> within(text, lowest, highest));
    }

    int smallNumber(String name) {
        return (int) number(name, 0, Integer.MAX_VALUE);
    }

    Duration duration(String name) {
        return read(name, GoDuration::parse);
    }

    /// For flags that count in milliseconds.
    Duration millis(String name) {
        return Duration.ofMillis(number(name, 0, Integer.MAX_VALUE));
    }

    List<Url> urls(String name) {
        return read(
                name,
                text -> Stream.of(text.split(",", -1))
                        .map(Url::parse)
                        .distinct()
                        .toList());
    }

    /// Words with commas between them; none when it is empty.
    List<String> wordList(String name) {
        return read(
                name,
                text -> Stream.of(text.split(",", -1))
                        .filter(word -> !word.isEmpty())
                        .toList());
    }

    /// For flags that may be left empty.
    List<Url> urlsOrNone(String name) {
        return text(name).isEmpty() ? List.of() : urls(name);
    }

    /// Words with commas between them.
    Set<String> words(String name) {
        return read(name, text -> Set.copyOf(List.of(text.split(",", -1))));
    }

    boolean isOn(String name) {
        return truth(one(name));
    }

    /// One of some words.
    <T> T choice(String name, Map<String, T> choices) {
        return read(name, text -> {
            var chosen = choices.get(text);
            if (chosen == null) {
                throw new IllegalArgumentException("allowed are " + String.join(", ", new TreeMap<>(choices).keySet()));
            }
            return chosen;
        });
    }

    /// The value, turned into something else.
    ///
    /// @throws UsageException when `parser` throws an IllegalArgumentException, with its message
    <T> T read(String name, Function<String, T> parser) {
        var one = one(name);
        try {
            return parser.apply(one.value());
        } catch (IllegalArgumentException e) {
            throw invalid(one, String.valueOf(e.getMessage()));
        }
    }

    private void settle(Forms.Settled settled) {
        if (settled.isFileAlone()) {
            warnings.clear();
        }
        given.clear();
        given.putAll(settled.settings());
        warnings.addAll(settled.warnings());
    }

    private Given one(String name) {
        var flag = table.find(name).orElseThrow(() -> new IllegalStateException("no flag " + name));
        return given.getOrDefault(name, Given.byFlag(flag, flag.initial()));
    }

    private void addEnvironment(Map<String, String> environment) {
        for (var variable : new TreeMap<>(environment).entrySet()) {
            var name = variable.getKey();
            if (!name.startsWith(Flag.ENVIRONMENT_PREFIX) || variable.getValue().isEmpty()) {
                continue;
            }
            var flag = table.findEtcds(name.substring(Flag.ENVIRONMENT_PREFIX.length())
                    .toLowerCase(Locale.ROOT)
                    .replace('_', '-'));
            flag.ifPresentOrElse(
                    known -> addVariable(known, variable.getValue()),
                    () -> warnings.add("unrecognized environment variable " + name));
        }
    }

    private void addVariable(Flag flag, String value) {
        if (given.putIfAbsent(flag.name(), Given.byVariable(flag, value)) != null) {
            warnings.add("environment variable " + flag.variable() + " is shadowed by --" + flag.name());
        }
    }

    private void judge(Given one) {
        var flag = one.flag();
        var value = flag.isSwitch() ? String.valueOf(truth(one)) : one.value();
        if (value.equals(flag.initial())) {
            return;
        }
        switch (flag.standing()) {
            case WORKS, ORIGINAL -> {}
            case IGNORED -> warnings.add("--" + flag.name() + " has no effect here: " + flag.meaning());
            case NOT_YET ->
                throw new UsageException("--" + flag.name() + " is not available yet (" + one.origin() + " is \""
                        + one.value() + "\"): " + flag.meaning());
        }
    }

    /// As Go reads it.
    private static boolean truth(Given one) {
        return switch (one.value()) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default ->
                throw new UsageException("invalid boolean value \"" + one.value() + "\" for "
                        + one.origin().replaceFirst("^flag ", "") + ": parse error");
        };
    }

    private static long within(String text, long lowest, long highest) {
        try {
            long number = Long.parseLong(text);
            if (number >= lowest && number <= highest) {
                return number;
            }
            throw new IllegalArgumentException("allowed is " + lowest + " to " + highest);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("parse error", e);
        }
    }

    private static UsageException invalid(Given one, String reason) {
        return new UsageException("invalid value \"" + one.value() + "\" for " + one.origin() + ": " + reason);
    }
}
