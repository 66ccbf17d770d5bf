package io.metastore.server.mysql.sql;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

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
        TextFunctions.add();
        choices();
    }

    private Functions() {}

    static Optional<Spec> find(String name) {
        return Optional.ofNullable(TABLE.get(name.toLowerCase(Locale.ROOT)));
    }

    static void strict(String name, int least, int most, ColumnType type, Function<List<Value>, Value> value) {
        TABLE.put(name, new Spec(least, most, false, _ -> type, value));
    }

    static void text(String name, int least, int most, Function<List<Value>, Value> value) {
        TABLE.put(name, new Spec(least, most, false, Functions::textOf, value));
    }

    static void lenient(
            String name,
            int least,
            int most,
            Function<List<ColumnType>, ColumnType> type,
            Function<List<Value>, Value> value) {
        TABLE.put(name, new Spec(least, most, true, type, value));
    }

    static ColumnType textOf(List<ColumnType> types) {
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
            return Double.isNaN(root) ? Logic.NULL : new Value.Real(root);
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
        int scale = args.size() > 1 ? Math.clamp(Numbers.whole(args.get(1)), -30, 30) : 0;
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
            return Logic.FALSE;
        }
        return new Value.Whole(text.indexOf(folded(all, part), (int) from - 1) + 1L);
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
                        .orElse(Logic.NULL));
        lenient(
                "nullif",
                2,
                2,
                types -> types.getFirst(),
                args -> Order.compare(args.get(0), args.get(1))
                                .filter(order -> order == 0)
                                .isPresent()
                        ? Logic.NULL
                        : args.get(0));
        lenient(
                "isnull",
                1,
                1,
                _ -> ColumnType.BIGINT,
                args -> Logic.of(args.getFirst().isNull()));
        lenient(
                "if",
                3,
                3,
                types -> types.get(1).or(types.get(2)),
                args -> Numbers.isTrue(args.get(0)) ? args.get(1) : args.get(2));
        lenient("elt", 2, ANY, types -> widest(types.subList(1, types.size())), args -> {
            long index = args.getFirst().isNull() ? 0 : Numbers.whole(args.getFirst());
            return index >= 1 && index < args.size() ? args.get((int) index) : Logic.NULL;
        });
        lenient("field", 2, ANY, _ -> ColumnType.BIGINT, args -> {
            for (int i = 1; i < args.size(); i++) {
                if (Order.compare(args.getFirst(), args.get(i))
                        .filter(order -> order == 0)
                        .isPresent()) {
                    return new Value.Whole(i);
                }
            }
            return Logic.FALSE;
        });
    }

    /// The value of `spec` for these arguments.
    static Value call(Spec spec, List<Value> args) {
        return !spec.lenient() && args.stream().anyMatch(Value::isNull)
                ? Logic.NULL
                : spec.value().apply(args);
    }

    /// A decimal for the average of so many.
    static Value average(Value sum, long count) {
        return Arithmetic.divide(
                sum, sum instanceof Value.Real ? new Value.Real(count) : new Value.Decimal(BigDecimal.valueOf(count)));
    }
}
