package io.metastore.server.mysql.command;

import io.metastore.server.model.Bytes;
import io.metastore.server.mysql.packet.MysqlException;
import io.metastore.server.mysql.packet.PacketReader;
import io.metastore.server.mysql.sql.Collation;
import io.metastore.server.mysql.sql.Logic;
import io.metastore.server.mysql.sql.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The values that a client binds to the question marks of a prepared statement.
///
/// Source: COM_STMT_EXECUTE and the binary values of MySQL's protocol.
final class Parameters {
    private static final int UNSIGNED = 0x8000;

    private Parameters() {}

    /// @param types of the last time, for a client that says none; replaced by those that it says
    /// @param longData that was sent before, by number of the parameter
    static List<Value> read(PacketReader reader, int count, List<Integer> types, Map<Integer, Bytes> longData) {
        if (count == 0) {
            return List.of();
        }
        var nulls = reader.bytes((count + 7) / 8);
        if (reader.int1() == 1) {
            types.clear();
            for (int i = 0; i < count; i++) {
                types.add(reader.int2());
            }
        }
        if (types.size() != count) {
            throw new MysqlException(1210, "HY000", "Incorrect arguments to mysqld_stmt_execute");
        }
        var values = new ArrayList<Value>();
        for (int i = 0; i < count; i++) {
            boolean isNull = (nulls.at(i / 8) & 1 << i % 8) != 0;
            var sent = longData.get(i);
            if (sent != null) {
                values.add(new Value.Text(sent, isBinary(types.get(i)) ? Collation.BINARY : Collation.GENERAL));
            } else {
                values.add(isNull ? Logic.NULL : value(reader, types.get(i)));
            }
        }
        return values;
    }

    private static boolean isBinary(int type) {
        int code = type & 0xff;
        return code >= 249 && code <= 252;
    }

    private static Value value(PacketReader reader, int type) {
        boolean unsigned = (type & UNSIGNED) != 0;
        return switch (type & 0xff) {
            case 1 -> new Value.Whole(unsigned ? reader.int1() : (byte) reader.int1());
            case 2, 13 -> new Value.Whole(unsigned ? reader.int2() : (short) reader.int2());
            case 3, 9 -> new Value.Whole(unsigned ? reader.int4() : (int) reader.int4());
            case 8 -> eight(reader.int8(), unsigned);
            case 4 -> new Value.Real(Double.parseDouble(Float.toString(Float.intBitsToFloat((int) reader.int4()))));
            case 5 -> new Value.Real(Double.longBitsToDouble(reader.int8()));
            case 6 -> Logic.NULL;
            case 7, 10, 12 -> moment(reader);
            case 11 -> time(reader);
            case 0, 246 -> new Value.Decimal(decimal(reader.lenencBytes()));
            case 15, 16, 245, 247, 248, 249, 250, 251, 252, 253, 254, 255 ->
                // Bytes that a client calls binary are keys and values like others: which it is, the column says.
                new Value.Text(reader.lenencBytes(), Collation.GENERAL);
            default -> throw new MysqlException(1210, "HY000", "Incorrect arguments to mysqld_stmt_execute");
        };
    }

    private static Value eight(long bits, boolean unsigned) {
        return bits < 0 && unsigned
                ? new Value.Decimal(new BigDecimal(Long.toUnsignedString(bits)))
                : new Value.Whole(bits);
    }

    private static BigDecimal decimal(Bytes text) {
        try {
            return new BigDecimal(text.utf8());
        } catch (NumberFormatException e) {
            throw new MysqlException(1210, "HY000", "Incorrect arguments to mysqld_stmt_execute");
        }
    }

    private static Value moment(PacketReader reader) {
        int length = reader.int1();
        if (length == 0) {
            return text("0000-00-00");
        }
        var day = String.format("%04d-%02d-%02d", reader.int2(), reader.int1(), reader.int1());
        if (length == 4) {
            return text(day);
        }
        var time = String.format("%s %02d:%02d:%02d", day, reader.int1(), reader.int1(), reader.int1());
        return text(length > 7 ? String.format("%s.%06d", time, reader.int4()) : time);
    }

    private static Value time(PacketReader reader) {
        int length = reader.int1();
        if (length == 0) {
            return text("00:00:00");
        }
        var sign = reader.int1() == 1 ? "-" : "";
        long days = reader.int4();
        var time = String.format("%s%02d:%02d:%02d", sign, days * 24 + reader.int1(), reader.int1(), reader.int1());
        return text(length > 8 ? String.format("%s.%06d", time, reader.int4()) : time);
    }

    private static Value text(String text) {
        return new Value.Text(Bytes.utf8(text), Collation.GENERAL);
    }
}
