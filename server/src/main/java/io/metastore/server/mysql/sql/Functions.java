package io.metastore.server.mysql.sql;

import io.metastore.server.model.Bytes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// The functions whose result depends on their arguments only.
final class Functions {
    private static final int ANY = Integer.MAX_VALUE;

    private static final Map<String, Spec> TABLE = new HashMap<>();

    /// How many arguments a function takes, which type it has, and what it does; NULL among the
    /// arguments makes the result NULL unless it is `lenient`.
    record Spec(
            int least,
            int most,
            boolean lenient,
            Function<List<ColumnType>, ColumnType> type,
            Function<List<Value>, Value> value) {}

    static {
        numbers();
        lengths();
        texts();
        parts();
        choices();
    }

    private Functions() {}

    static Optional<Spec> find(String name) {
        return Optional.ofNullable(TABLE.get(name.toLowerCase(Locale.ROOT)));
    }

    private static void strict(String name, int least, int most, ColumnType type, Function<List<Value>, Value> value) {
        TABLE.put(name, new Spec(least, most, false, _ -> type, value));
    }

    private static void text(String name, int least, int most, Function<List<Value>, Value> value) {
        TABLE.put(name, new Spec(least, most, false, Functions::textOf, value));
    }

    private static void lenient(
            String name,
            int least,
            int most,
            Function<List<ColumnType>, ColumnType> type,
            Function<List<Value>, Value> value) {
        TABLE.put(name, new Spec(least, most, true, type, value));
    }

    private static ColumnType textOf(List<ColumnType> types) {
        var joined = ColumnType.text(1);
        for (var type : types) {
            joined = joined.or(type.isText() ? type : ColumnType.text(type.length()));
        }
        return new ColumnType(joined.kind(), joined.collation(), Math.max(1024, joined.length()), 0, false);
    }

    private static ColumnType widest(List<ColumnType> types) {
        var joined = ColumnType.NULL;
        for (var type : types) {
            joined = joined.or(type);
        }
        return joined;
    }

    private static ColumnType numeric(List<ColumnType> types) {
        var type = types.getFirst();
        return type.isText() || type.isTime() ? ColumnType.DOUBLE : type;
    }

    private static void numbers() {
        TABLE.put("abs", new Spec(1, 1, false, Functions::numeric, args -> {
            var number = Numbers.arithmetic(args.getFirst());
            return Numbers.decimal(number).signum() < 0 ? Arithmetic.negate(number) : number;
        }));
        strict(
                "sign",
                1,
                1,
                ColumnType.BIGINT,
                args -> new Value.Whole(
                        Numbers.decimal(Numbers.arithmetic(args.getFirst())).signum()));
        rounded("ceil", RoundingMode.CEILING);
        rounded("ceiling", RoundingMode.CEILING);
        rounded("floor", RoundingMode.FLOOR);
        TABLE.put("round", new Spec(1, 2, false, Functions::numeric, args -> round(args, RoundingMode.HALF_UP)));
        TABLE.put("truncate", new Spec(2, 2, false, Functions::numeric, args -> round(args, RoundingMode.DOWN)));
        TABLE.put(
                "mod",
                new Spec(
                        2,
                        2,
                        false,
                        types -> numeric(types).or(types.get(1)),
                        args -> Arithmetic.remainder(args.get(0), args.get(1))));
        strict("sqrt", 1, 1, ColumnType.DOUBLE, args -> {
            double root = Math.sqrt(Numbers.real(args.getFirst()));
            return Double.isNaN(root) ? Value.NULL : new Value.Real(root);
        });
        var power = (Function<List<Value>, Value>)
                args -> new Value.Real(Math.pow(Numbers.real(args.get(0)), Numbers.real(args.get(1))));
        strict("pow", 2, 2, ColumnType.DOUBLE, power);
        strict("power", 2, 2, ColumnType.DOUBLE, power);
        extreme("least", -1);
        extreme("greatest", 1);
    }

    private static void rounded(String name, RoundingMode mode) {
        TABLE.put(
                name,
                new Spec(
                        1,
                        1,
                        false,
                        types ->
                                numeric(types).kind() == ColumnType.Kind.DOUBLE ? ColumnType.DOUBLE : ColumnType.BIGINT,
                        args -> {
                            var number = Numbers.arithmetic(args.getFirst());
                            var whole = Numbers.decimal(number).setScale(0, mode);
                            return number instanceof Value.Real
                                    ? new Value.Real(whole.doubleValue())
                                    : Numbers.ofInteger(whole.toBigInteger());
                        }));
    }

    private static Value round(List<Value> args, RoundingMode mode) {
        int scale = args.size() > 1 ? (int) Math.clamp(Numbers.whole(args.get(1)), -30, 30) : 0;
        var number = Numbers.arithmetic(args.getFirst());
        var exact = Numbers.decimal(number);
        var result = exact.setScale(Math.min(scale, Math.max(exact.scale(), scale < 0 ? scale : 0)), mode);
        if (result.scale() < 0) {
            result = result.setScale(0, mode);
        }
        return switch (number) {
            case Value.Real _ -> new Value.Real(result.doubleValue());
            case Value.Whole _ -> Numbers.ofInteger(result.toBigInteger());
            case Value.Null _, Value.Decimal _, Value.Text _ -> new Value.Decimal(result);
        };
    }

    private static void extreme(String name, int wanted) {
        TABLE.put(name, new Spec(2, ANY, false, Functions::widest, args -> {
            var best = args.getFirst();
            for (var arg : args) {
                if (Integer.signum(Order.compare(arg, best).orElse(0)) == wanted) {
                    best = arg;
                }
            }
            return best;
        }));
    }

    private static void lengths() {
        var bytes = (Function<List<Value>, Value>)
                args -> new Value.Whole(Numbers.text(args.getFirst()).length());
        strict("length", 1, 1, ColumnType.BIGINT, bytes);
        strict("octet_length", 1, 1, ColumnType.BIGINT, bytes);
        strict(
                "bit_length",
                1,
                1,
                ColumnType.BIGINT,
                args -> new Value.Whole(8L * Numbers.text(args.getFirst()).length()));
        var characters = (Function<List<Value>, Value>) args -> {
            var text = Texts.characters(args.getFirst());
            return new Value.Whole(text.codePointCount(0, text.length()));
        };
        strict("char_length", 1, 1, ColumnType.BIGINT, characters);
        strict("character_length", 1, 1, ColumnType.BIGINT, characters);
        strict("ascii", 1, 1, ColumnType.BIGINT, args -> {
            var text = Numbers.text(args.getFirst());
            return new Value.Whole(text.isEmpty() ? 0 : text.at(0));
        });
        strict(
                "locate",
                2,
                3,
                ColumnType.BIGINT,
                args -> locate(args.get(0), args.get(1), args.size() > 2 ? Numbers.whole(args.get(2)) : 1));
        strict("position", 2, 2, ColumnType.BIGINT, args -> locate(args.get(0), args.get(1), 1));
        strict("instr", 2, 2, ColumnType.BIGINT, args -> locate(args.get(1), args.get(0), 1));
        strict("find_in_set", 2, 2, ColumnType.BIGINT, args -> {
            var wanted = folded(args, args.get(0));
            var members = List.of(folded(args, args.get(1)).split(",", -1));
            return new Value.Whole(members.indexOf(wanted) + 1);
        });
        strict(
                "strcmp",
                2,
                2,
                ColumnType.BIGINT,
                args -> new Value.Whole(Integer.signum(Order.compare(Texts.text(args.get(0)), Texts.text(args.get(1)))
                        .orElse(0))));
        strict("crc32", 1, 1, ColumnType.BIGINT, args -> {
            var crc = new java.util.zip.CRC32();
            crc.update(Numbers.text(args.getFirst()).shared());
            return new Value.Whole(crc.getValue());
        });
    }

    private static String folded(List<Value> all, Value value) {
        var text = Texts.characters(value);
        return Texts.strongest(all) == Collation.GENERAL ? text.toUpperCase(Locale.ROOT) : text;
    }

    private static Value locate(Value part, Value whole, long from) {
        var all = List.of(part, whole);
        var text = folded(all, whole);
        if (from < 1 || from > text.length() + 1L) {
            return Value.FALSE;
        }
        return new Value.Whole(text.indexOf(folded(all, part), (int) from - 1) + 1L);
    }

    private static void texts() {
        text("concat", 1, ANY, args -> joined(args, Bytes.EMPTY));
        lenient(
                "concat_ws",
                2,
                ANY,
                Functions::textOf,
                args -> args.getFirst().isNull()
                        ? Value.NULL
                        : joined(
                                args.stream()
                                        .skip(1)
                                        .filter(value -> !value.isNull())
                                        .toList(),
                                Numbers.text(args.getFirst())));
        var upper = (Function<List<Value>, Value>) args -> cased(args.getFirst(), true);
        var lower = (Function<List<Value>, Value>) args -> cased(args.getFirst(), false);
        text("upper", 1, 1, upper);
        text("ucase", 1, 1, upper);
        text("lower", 1, 1, lower);
        text("lcase", 1, 1, lower);
        text("replace", 3, 3, args -> {
            var from = Texts.characters(args.get(1));
            var text = Texts.characters(args.get(0));
            return Texts.of(
                    from.isEmpty() ? text : text.replace(from, Texts.characters(args.get(2))), Texts.strongest(args));
        });
        text(
                "reverse",
                1,
                1,
                args -> Texts.of(
                        new StringBuilder(Texts.characters(args.getFirst()))
                                .reverse()
                                .toString(),
                        Texts.strongest(args)));
        text("repeat", 2, 2, args -> {
            long times = Math.clamp(Numbers.whole(args.get(1)), 0, 1 << 20);
            var text = Texts.characters(args.get(0));
            if (times * text.length() > 16 << 20) {
                return Value.NULL;
            }
            return Texts.of(text.repeat((int) times), Texts.strongest(args));
        });
        text("hex", 1, 1, args -> Texts.of(hex(args.getFirst()), Collation.GENERAL));
        strict("unhex", 1, 1, ColumnType.BYTES, args -> unhex(Texts.characters(args.getFirst())));
        text(
                "quote",
                1,
                1,
                args -> Texts.of(
                        "'"
                                + Texts.characters(args.getFirst())
                                        .replace("\\", "\\\\")
                                        .replace("'", "\\'") + "'",
                        Texts.strongest(args)));
        text("md5", 1, 1, args -> Texts.of(Digests.md5(Numbers.text(args.getFirst())), Collation.GENERAL));
        text("sha1", 1, 1, args -> Texts.of(Digests.sha1(Numbers.text(args.getFirst())), Collation.GENERAL));
        text(
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
                : Value.NULL;
    }

    private static void parts() {
        text("left", 2, 2, args -> slice(args.get(0), 1, Numbers.whole(args.get(1))));
        text("right", 2, 2, args -> {
            long length = Math.max(0, Numbers.whole(args.get(1)));
            long all = Texts.characters(args.get(0)).length();
            return slice(args.get(0), Math.max(1, all - length + 1), length);
        });
        for (var name : List.of("substring", "substr", "mid")) {
            text(
                    name,
                    2,
                    3,
                    args -> slice(
                            args.get(0),
                            Numbers.whole(args.get(1)),
                            args.size() > 2 ? Numbers.whole(args.get(2)) : Integer.MAX_VALUE));
        }
        text(
                "substring_index",
                3,
                3,
                args -> Texts.of(
                        beforeNth(
                                Texts.characters(args.get(0)),
                                Texts.characters(args.get(1)),
                                Numbers.whole(args.get(2))),
                        Texts.strongest(args.subList(0, 1))));
        text("lpad", 3, 3, args -> padded(args, true));
        text("rpad", 3, 3, args -> padded(args, false));
        text("ltrim", 1, 1, args -> stripped(args.getFirst(), "^ +"));
        text("rtrim", 1, 1, args -> stripped(args.getFirst(), " +$"));
        text("trim", 1, 1, args -> stripped(args.getFirst(), "^ +| +$"));
        text(
                "space",
                1,
                1,
                args -> Texts.of(
                        " ".repeat((int) Math.clamp(Numbers.whole(args.getFirst()), 0, 1 << 20)), Collation.GENERAL));
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
            return Value.NULL;
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

    private static void choices() {
        lenient("ifnull", 2, 2, Functions::widest, args -> args.get(0).isNull() ? args.get(1) : args.get(0));
        lenient(
                "coalesce",
                1,
                ANY,
                Functions::widest,
                args -> args.stream()
                        .filter(value -> !value.isNull())
                        .findFirst()
                        .orElse(Value.NULL));
        lenient(
                "nullif",
                2,
                2,
                types -> types.getFirst(),
                args -> Order.compare(args.get(0), args.get(1))
                                .filter(order -> order == 0)
                                .isPresent()
                        ? Value.NULL
                        : args.get(0));
        lenient(
                "isnull",
                1,
                1,
                _ -> ColumnType.BIGINT,
                args -> Value.of(args.getFirst().isNull()));
        lenient(
                "if",
                3,
                3,
                types -> types.get(1).or(types.get(2)),
                args -> Numbers.isTrue(args.get(0)) ? args.get(1) : args.get(2));
        lenient("elt", 2, ANY, types -> widest(types.subList(1, types.size())), args -> {
            long index = args.getFirst().isNull() ? 0 : Numbers.whole(args.getFirst());
            return index >= 1 && index < args.size() ? args.get((int) index) : Value.NULL;
        });
        lenient("field", 2, ANY, _ -> ColumnType.BIGINT, args -> {
            for (int i = 1; i < args.size(); i++) {
                if (Order.compare(args.getFirst(), args.get(i))
                        .filter(order -> order == 0)
                        .isPresent()) {
                    return new Value.Whole(i);
                }
            }
            return Value.FALSE;
        });
    }

    /// The value of `spec` for these arguments.
    static Value call(Spec spec, List<Value> args) {
        return !spec.lenient() && args.stream().anyMatch(Value::isNull)
                ? Value.NULL
                : spec.value().apply(args);
    }

    /// A decimal for the average of so many.
    static Value average(Value sum, long count) {
        return Arithmetic.divide(
                sum, sum instanceof Value.Real ? new Value.Real(count) : new Value.Decimal(BigDecimal.valueOf(count)));
    }
}
