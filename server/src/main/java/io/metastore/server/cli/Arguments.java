package io.metastore.server.cli;

import io.metastore.server.cli.text.UsageException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/// Reads what stands on the command line, by the rules of Go's flags: one dash or two, `--name value` or
/// `--name=value`; a switch takes a value only behind `=`; the last of several wins.
final class Arguments {
    private static final Set<String> SUB_COMMANDS = Set.of("gateway", "grpc-proxy");

    private final FlagTable table;
    private final SequencedMap<String, Given> given = new LinkedHashMap<>();

    private Arguments(FlagTable table) {
        this.table = table;
    }

    /// Flag name to what was given for it.
    ///
    /// @throws UsageException on an unknown flag, a missing value or a word that is none
    static SequencedMap<String, Given> read(FlagTable table, List<String> arguments) {
        var reader = new Arguments(table);
        var rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            reader.readOne(rest);
        }
        return reader.given;
    }

    private void readOne(Deque<String> rest) {
        var word = rest.removeFirst();
        if (!word.startsWith("-") || word.equals("-") || word.equals("--")) {
            throw refused(word);
        }
        var bare = word.substring(word.startsWith("--") ? 2 : 1);
        int equals = bare.indexOf('=');
        var name = equals < 0 ? bare : bare.substring(0, equals);
        var flag = table.find(name).orElseThrow(() -> unknown(name));
        if (equals >= 0) {
            put(Given.byFlag(flag, bare.substring(equals + 1)));
        } else if (flag.isSwitch()) {
            put(Given.byFlag(flag, "true"));
        } else if (rest.isEmpty()) {
            throw new UsageException("flag needs an argument: -" + name);
        } else {
            put(Given.byFlag(flag, rest.removeFirst()));
        }
    }

    private void put(Given one) {
        given.put(one.flag().name(), one);
    }

    private UsageException unknown(String name) {
        var hint = table.nearest(name).map(near -> " (did you mean --" + near + "?)");
        return new UsageException("flag provided but not defined: -" + name + hint.orElse(""));
    }

    private static UsageException refused(String word) {
        return SUB_COMMANDS.contains(word)
                ? new UsageException(word + " is a part of etcd that MetaStore does not have: it runs servers only")
                : new UsageException("\"" + word + "\" is not a valid flag");
    }
}
