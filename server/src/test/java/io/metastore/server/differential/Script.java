package io.metastore.server.differential;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A script as it was read: its head and its lines. Each row of its table is a case of its own.
///
/// @param name area and case, such as `kv/put-lease`
/// @param flags what the server is started with besides its ports and folders
/// @param cast the members that a case plays with
/// @param fresh whether the script asks for a store of its own for each case; otherwise the case runs on a used
///     store, and revisions are told as if it were fresh
/// @param timed whether what etcd answers hangs on the machine's speed: it is recorded, and not asked again
/// @param rows values of the table's variables, at least one row; the row of a script without a table is empty
/// @param lines logical lines without comments, continuations joined
record Script(
        String name,
        List<String> flags,
        Cast cast,
        boolean fresh,
        boolean timed,
        List<Map<String, String>> rows,
        List<String> lines) {
    /// Members by the names m1, m2 and so on, the learners last.
    ///
    /// @param voters found the cluster together, at least one
    /// @param learners were added and are started by the script
    record Cast(int voters, int learners) {
        static final Cast ALONE = new Cast(1, 0);

        boolean isAlone() {
            return equals(ALONE);
        }

        /// `3` or `1+1`.
        static Cast parse(String text) {
            var parts = text.split("\\+", 2);
            return new Cast(Integer.parseInt(parts[0]), parts.length > 1 ? Integer.parseInt(parts[1]) : 0);
        }
    }

    /// One row of a script.
    ///
    /// @param label the row as `name=value …`, empty for a script without a table
    /// @param flags those of the script, with the row's values
    record Case(Script script, String label, List<String> flags, List<Step> steps) {
        String name() {
            return label.isEmpty() ? script.name() : script.name() + " " + label;
        }

        boolean restarts() {
            return steps.stream().anyMatch(Step.Restart.class::isInstance);
        }
    }

    static Script parse(String name, String text) {
        var flags = new ArrayList<String>();
        var rows = new ArrayList<Map<String, String>>();
        var lines = new ArrayList<String>();
        boolean fresh = false;
        boolean timed = false;
        var cast = Cast.ALONE;
        for (var line : logicalLines(text)) {
            var words = line.split("\\s+", -1);
            switch (words[0]) {
                case "flags" -> flags.addAll(List.of(words).subList(1, words.length));
                case "timed" -> timed = true;
                case "members" -> cast = Cast.parse(words[1]);
                case "store" -> fresh = words[1].equals("fresh");
                case "cases" -> rows.addAll(product(List.of(words).subList(1, words.length)));
                default -> lines.add(line);
            }
        }
        if (lines.isEmpty()) {
            throw new IllegalArgumentException(name + ": a script without steps");
        }
        return new Script(name, flags, cast, fresh, timed, rows.isEmpty() ? List.of(Map.of()) : rows, lines);
    }

    /// Whether each case needs a store of its own.
    boolean isFresh() {
        return fresh || !cast.isAlone();
    }

    List<Case> cases() {
        return rows.stream()
                .map(row -> new Case(this, label(row), filled(flags, row), steps(row)))
                .toList();
    }

    private static List<String> filled(List<String> texts, Map<String, String> row) {
        return texts.stream().map(text -> Template.fill(text, row)).toList();
    }

    private List<Step> steps(Map<String, String> row) {
        try {
            return lines.stream()
                    .flatMap(line -> StepParser.parse(Template.fill(line, row)).stream())
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    private static String label(Map<String, String> row) {
        return row.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    /// `a=1|2 b=x|y` → the four rows a=1 b=x, a=1 b=y, a=2 b=x, a=2 b=y.
    private static List<Map<String, String>> product(List<String> columns) {
        List<Map<String, String>> rows = List.of(Map.of());
        for (var column : columns) {
            var parts = column.split("=", 2);
            rows = rows.stream()
                    .flatMap(row ->
                            List.of(parts[1].split("\\|", -1)).stream().map(value -> withColumn(row, parts[0], value)))
                    .toList();
        }
        return rows;
    }

    private static Map<String, String> withColumn(Map<String, String> row, String name, String value) {
        var wider = new LinkedHashMap<>(row);
        wider.put(name, value);
        return wider;
    }

    /// A line that begins with a blank continues the one before; `#` in the first column begins a comment.
    private static List<String> logicalLines(String text) {
        var lines = new ArrayList<String>();
        for (var line : text.lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith(" ") && !lines.isEmpty()) {
                lines.add(lines.removeLast() + " " + line.strip());
            } else {
                lines.add(line.strip());
            }
        }
        return lines;
    }
}
