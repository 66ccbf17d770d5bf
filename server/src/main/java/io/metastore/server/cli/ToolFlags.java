package io.metastore.server.cli;

import io.metastore.server.cli.text.UsageException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads the words behind a sub command, by the rules of etcdutl's command line: `--name value` or `--name=value`, a
/// switch takes a value only behind `=`, `-w` stands for `--write-out`, and what is no flag is an argument.
///
/// @param arguments in their order
/// @param values by the names of the flags that were given
record ToolFlags(List<String> arguments, Map<String, String> values) {
    private static final String SHORT_FORMAT = "-w";
    private static final String FORMAT = "write-out";

    /// @param known the names of the flags, and what each is when it is not given; `false` makes it a switch
    /// @throws UsageException in etcdutl's words
    static ToolFlags read(List<String> words, Map<String, String> known) {
        var arguments = new ArrayList<String>();
        var values = new HashMap<>(known);
        for (var rest = new ArrayDeque<>(words); !rest.isEmpty(); ) {
            var word = rest.removeFirst();
            if (word.startsWith(SHORT_FORMAT)) {
                var value = word.substring(SHORT_FORMAT.length());
                values.put(FORMAT, value.isEmpty() ? next(rest, "'w' in -w") : value.replaceFirst("^=", ""));
            } else if (word.startsWith("--")) {
                readLong(word.substring(2), rest, values);
            } else if (word.startsWith("-") && word.length() > 1) {
                throw new UsageException("Error: unknown shorthand flag: '" + word.charAt(1) + "' in " + word);
            } else {
                arguments.add(word);
            }
        }
        return new ToolFlags(List.copyOf(arguments), Map.copyOf(values));
    }

    String text(String name) {
        var value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("no flag " + name);
        }
        return value;
    }

    /// As Go reads it.
    boolean isTrue(String name) {
        return switch (text(name)) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default -> throw invalid(name, "strconv.ParseBool");
        };
    }

    /// A number from 0 up.
    long number(String name) {
        try {
            return Long.parseUnsignedLong(text(name)) >= 0 ? Long.parseLong(text(name)) : tooLarge(name);
        } catch (NumberFormatException e) {
            throw invalid(name, "strconv.ParseUint");
        }
    }

    private static void readLong(String bare, Deque<String> rest, Map<String, String> values) {
        int equals = bare.indexOf('=');
        var name = equals < 0 ? bare : bare.substring(0, equals);
        var initial = values.get(name);
        if (initial == null) {
            throw new UsageException("Error: unknown flag: --" + name);
        }
        boolean isSwitch = initial.equals("false") || initial.equals("true");
        if (equals >= 0) {
            values.put(name, bare.substring(equals + 1));
        } else {
            values.put(name, isSwitch ? "true" : next(rest, "--" + name));
        }
    }

    private static String next(Deque<String> rest, String flag) {
        if (rest.isEmpty()) {
            throw new UsageException("Error: flag needs an argument: " + flag);
        }
        return rest.removeFirst();
    }

    private UsageException invalid(String name, String function) {
        return new UsageException("Error: invalid argument \"" + text(name) + "\" for \"--" + name + "\" flag: "
                + function + ": parsing \"" + text(name) + "\": invalid syntax");
    }

    private long tooLarge(String name) {
        throw new UsageException("Error: --" + name + " is too large: " + text(name));
    }
}
