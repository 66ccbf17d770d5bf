package io.metastore.server.cli.original;

import io.metastore.server.cli.text.GoDuration;
import java.util.List;

/// What the value of a key may be.
sealed interface Kind {
    record Switch() implements Kind {}

    /// A whole number.
    ///
    /// @param lowest inclusive
    /// @param highest inclusive; the largest number there is means no limit
    /// @param rule in the words of the original, where it has some
    record Whole(long lowest, long highest, String rule) implements Kind {}

    record Fraction() implements Kind {}

    /// With a unit, and not below 0.
    record Time() implements Kind {}

    record Text() implements Kind {}

    /// Several, with commas between them where they stand in one line.
    record Texts() implements Kind {}

    /// One of some words.
    ///
    /// @param rule in the words of the original
    record Choice(List<String> words, String rule) implements Kind {}

    /// Reads a cell of the table of keys.
    static Kind parse(String cell) {
        var words = cell.split(" ", -1);
        return switch (words[0]) {
            case "switch" -> new Switch();
            case "id" -> new Whole(1, Long.MAX_VALUE, "is required and must be non-zero (a whole number > 0)");
            case "number" ->
                number(Long.parseLong(words[1]), words.length > 2 ? Long.parseLong(words[2]) : Long.MAX_VALUE);
            case "fraction" -> new Fraction();
            case "time" -> new Time();
            case "text" -> new Text();
            case "texts" -> new Texts();
            case "role" -> new Choice(List.of("data", "witness"), "must be either 'data' or 'witness'");
            case "encoding" -> new Choice(List.of("json", "console"), "must be either 'json' or 'console'");
            case "mode" -> new Choice(List.of("revision", "periodic"), "must be 'revision' or 'periodic'");
            case "storage" -> oneOf(List.of("memory", "rocksdb", "pebble"));
            case "level" -> oneOf(List.of("debug", "info", "warn", "error", "dpanic", "panic", "fatal"));
            default -> throw new IllegalStateException("no kind: " + cell);
        };
    }

    private static Whole number(long lowest, long highest) {
        if (lowest > 1) {
            return new Whole(lowest, highest, "must be between " + lowest + " and " + highest);
        }
        var upTo = highest == Long.MAX_VALUE ? "" : " and <= " + highest;
        return new Whole(lowest, highest, "must be " + (lowest == 1 ? "> 0" : ">= " + lowest) + upTo);
    }

    private static Choice oneOf(List<String> words) {
        return new Choice(words, "must be one of: " + String.join(", ", words));
    }

    /// Whether it is such a value.
    default boolean accepts(String text) {
        return switch (this) {
            case Switch _ -> text.matches("1|t|T|true|TRUE|True|0|f|F|false|FALSE|False");
            case Whole(var lowest, var highest, var _) ->
                text.matches("-?\\d{1,19}") && isWithin(text, lowest, highest);
            case Fraction _ -> text.matches("0(\\.\\d{1,18})?|1(\\.0{1,18})?");
            case Time _ -> !text.startsWith("-") && isDuration(text);
            case Text _, Texts _ -> true;
            case Choice(var words, var _) -> words.contains(text);
        };
    }

    private static boolean isWithin(String text, long lowest, long highest) {
        try {
            long number = Long.parseLong(text);
            return number >= lowest && number <= highest;
        } catch (NumberFormatException _) {
            return false;
        }
    }

    private static boolean isDuration(String text) {
        try {
            var _ = GoDuration.parse(text);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /// What is allowed, behind the name of a key.
    default String rule() {
        return switch (this) {
            case Switch _ -> "must be true or false";
            case Whole(var _, var _, var rule) -> rule;
            case Fraction _ -> "must be a number between 0 and 1";
            case Time _ -> "must be a duration with its unit (ns, us, ms, s, m, h), such as 500ms, 10s or 1h30m";
            case Text _ -> "must be a text, in quotes if need be";
            case Texts _ -> "must be a list of texts";
            case Choice(var _, var rule) -> rule;
        };
    }

    /// Whether two accepted values mean the same: `5m` and `300s`, `t` and `true`.
    default boolean isSame(String one, String other) {
        return switch (this) {
            case Switch _ -> isTrue(one) == isTrue(other);
            case Whole _ -> Long.parseLong(one) == Long.parseLong(other);
            case Fraction _ -> Double.parseDouble(one) == Double.parseDouble(other);
            case Time _ -> GoDuration.parse(one).equals(GoDuration.parse(other));
            case Text _, Texts _, Choice _ -> one.equals(other);
        };
    }

    /// Of a switch's value.
    static boolean isTrue(String text) {
        return text.matches("1|[tT].*");
    }
}
