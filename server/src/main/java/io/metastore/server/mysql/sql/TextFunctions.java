package io.metastore.server.mysql.sql;

import io.metastore.server.model.Bytes;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/// The functions that make texts of texts.
final class TextFunctions {
    private TextFunctions() {}

    /// Adds these to the others.
    static void add() {
        texts();
        parts();
    }

    private static void texts() {
        Functions.text("concat", 1, Integer.MAX_VALUE, args -> joined(args, Bytes.EMPTY));
        Functions.lenient(
                "concat_ws",
                2,
                Integer.MAX_VALUE,
                Functions::textOf,
                args -> args.getFirst().isNull()
                        ? Logic.NULL
                        : joined(
                                args.stream()
                                        .skip(1)
                                        .filter(value -> !value.isNull())
                                        .toList(),
                                Numbers.text(args.getFirst())));
        var upper = (Function<List<Value>, Value>) args -> cased(args.getFirst(), true);
        var lower = (Function<List<Value>, Value>) args -> cased(args.getFirst(), false);
        Functions.text("upper", 1, 1, upper);
        Functions.text("ucase", 1, 1, upper);
        Functions.text("lower", 1, 1, lower);
        Functions.text("lcase", 1, 1, lower);
        Functions.text("replace", 3, 3, args -> {
            var from = Texts.characters(args.get(1));
            var text = Texts.characters(args.get(0));
            return Texts.of(
                    from.isEmpty() ? text : text.replace(from, Texts.characters(args.get(2))), Texts.strongest(args));
        });
        Functions.text(
                "reverse",
                1,
                1,
                args -> Texts.of(
                        new StringBuilder(Texts.characters(args.getFirst()))
                                .reverse()
                                .toString(),
                        Texts.strongest(args)));
        Functions.text("repeat", 2, 2, args -> {
            long times = Math.clamp(Numbers.whole(args.get(1)), 0, 1 << 20);
            var text = Texts.characters(args.get(0));
            if (times * text.length() > 16 << 20) {
                return Logic.NULL;
            }
            return Texts.of(text.repeat((int) times), Texts.strongest(args));
        });
        encodings();
    }

    private static void encodings() {
        Functions.text("hex", 1, 1, args -> Texts.of(hex(args.getFirst()), Collation.GENERAL));
        Functions.strict("unhex", 1, 1, ColumnType.BYTES, args -> unhex(Texts.characters(args.getFirst())));
        Functions.text(
                "quote",
                1,
                1,
                args -> Texts.of(
                        "'"
                                + Texts.characters(args.getFirst())
                                        .replace("\\", "\\\\")
                                        .replace("'", "\\'") + "'",
                        Texts.strongest(args)));
        Functions.text("md5", 1, 1, args -> Texts.of(Digests.md5(Numbers.text(args.getFirst())), Collation.GENERAL));
        Functions.text("sha1", 1, 1, args -> Texts.of(Digests.sha1(Numbers.text(args.getFirst())), Collation.GENERAL));
        Functions.text(
                "regexp_replace",
                3,
                3,
                args -> Texts.of(
                        Pattern.compile(Texts.characters(args.get(1)), Texts.flags(Texts.strongest(args)))
                                .matcher(Texts.characters(args.get(0)))
                                .replaceAll(Texts.characters(args.get(2))),
                        Texts.strongest(args)));
    }

    private static Value joined(List<Value> parts, Bytes separator) {
        var bytes = new java.io.ByteArrayOutputStream();
        for (int i = 0; i < parts.size(); i++) {
            if (i > 0) {
                bytes.writeBytes(separator.shared());
            }
            bytes.writeBytes(Numbers.text(parts.get(i)).shared());
        }
        return new Value.Text(Bytes.wrap(bytes.toByteArray()), Texts.strongest(parts));
    }

    private static Value cased(Value value, boolean upper) {
        var text = Texts.text(value);
        if (text.collation() == Collation.BINARY) {
            return text;
        }
        var characters = Texts.characters(text);
        return Texts.of(
                upper ? characters.toUpperCase(Locale.ROOT) : characters.toLowerCase(Locale.ROOT), text.collation());
    }

    private static String hex(Value value) {
        return value instanceof Value.Text(var bytes, var _)
                ? HexFormat.of().withUpperCase().formatHex(bytes.shared())
                : Long.toHexString(Numbers.bits(value)).toUpperCase(Locale.ROOT);
    }

    private static Value unhex(String digits) {
        var even = digits.length() % 2 == 0 ? digits : "0" + digits;
        return even.chars().allMatch(HexFormat::isHexDigit)
                ? new Value.Text(Bytes.wrap(HexFormat.of().parseHex(even)), Collation.BINARY)
                : Logic.NULL;
    }

    private static void parts() {
        Functions.text("left", 2, 2, args -> slice(args.get(0), 1, Numbers.whole(args.get(1))));
        Functions.text("right", 2, 2, args -> {
            long length = Math.max(0, Numbers.whole(args.get(1)));
            long all = Texts.characters(args.get(0)).length();
            return slice(args.get(0), Math.max(1, all - length + 1), length);
        });
        for (var name : List.of("substring", "substr", "mid")) {
            Functions.text(
                    name,
                    2,
                    3,
                    args -> slice(
                            args.get(0),
                            Numbers.whole(args.get(1)),
                            args.size() > 2 ? Numbers.whole(args.get(2)) : Integer.MAX_VALUE));
        }
        Functions.text(
                "substring_index",
                3,
                3,
                args -> Texts.of(
                        beforeNth(
                                Texts.characters(args.get(0)),
                                Texts.characters(args.get(1)),
                                Numbers.whole(args.get(2))),
                        Texts.strongest(args.subList(0, 1))));
        Functions.text("lpad", 3, 3, args -> padded(args, true));
        Functions.text("rpad", 3, 3, args -> padded(args, false));
        Functions.text("ltrim", 1, 1, args -> stripped(args.getFirst(), "^ +"));
        Functions.text("rtrim", 1, 1, args -> stripped(args.getFirst(), " +$"));
        Functions.text("trim", 1, 1, args -> stripped(args.getFirst(), "^ +| +$"));
        Functions.text(
                "space",
                1,
                1,
                args -> Texts.of(
                        " ".repeat(Math.clamp(Numbers.whole(args.getFirst()), 0, 1 << 20)), Collation.GENERAL));
    }

    private static Value stripped(Value value, String blanks) {
        var text = Texts.text(value);
        return Texts.of(Texts.characters(text).replaceAll(blanks, ""), text.collation());
    }

    private static Value slice(Value value, long from, long length) {
        var text = Texts.text(value);
        var characters = Texts.characters(text).codePoints().toArray();
        long start = from < 0 ? characters.length + from : from - 1;
        if (start < 0 || start >= characters.length || length <= 0) {
            return Texts.of("", text.collation());
        }
        int count = (int) Math.min(length, characters.length - start);
        return Texts.of(new String(characters, (int) start, count), text.collation());
    }

    private static String beforeNth(String text, String separator, long count) {
        if (separator.isEmpty() || count == 0) {
            return "";
        }
        int at = count > 0 ? -separator.length() : text.length();
        for (long i = 0; i < Math.abs(count); i++) {
            at = count > 0
                    ? text.indexOf(separator, at + separator.length())
                    : text.lastIndexOf(separator, at - separator.length());
            if (at < 0) {
                return text;
            }
        }
        return count > 0 ? text.substring(0, at) : text.substring(at + separator.length());
    }

    private static Value padded(List<Value> args, boolean left) {
        var text = Texts.characters(args.get(0));
        long length = Numbers.whole(args.get(1));
        var fill = Texts.characters(args.get(2));
        if (length < 0 || length > 1 << 20) {
            return Logic.NULL;
        }
        var collation = Texts.strongest(args);
        if (text.length() >= length) {
            return Texts.of(text.substring(0, (int) length), collation);
        }
        if (fill.isEmpty()) {
            return Texts.of("", collation);
        }
        int missing = (int) length - text.length();
        var padding = fill.repeat(missing / fill.length() + 1).substring(0, missing);
        return Texts.of(left ? padding + text : text + padding, collation);
    }
}
