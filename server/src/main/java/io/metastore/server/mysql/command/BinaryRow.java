package io.metastore.server.mysql.command;

import io.metastore.server.model.Bytes;
import io.metastore.server.mysql.packet.PacketWriter;
import io.metastore.server.mysql.sql.Column;
import io.metastore.server.mysql.sql.Texts;
import io.metastore.server.mysql.sql.Value;
import java.util.List;

/// A row in binary form: a zero byte, a bit for each NULL, and the values by the types of their columns.
///
/// Source: the binary protocol's result set row of MySQL.
final class BinaryRow {
    private static final int FIRST_BIT = 2;

    private BinaryRow() {}

    static Bytes of(List<Column> columns, List<Value> row) {
        var packet = new PacketWriter().int1(0).zeros((columns.size() + 7 + FIRST_BIT) / 8);
        for (int i = 0; i < columns.size(); i++) {
            var value = row.get(i);
            if (value.isNull()) {
                packet.setBit(1 + (i + FIRST_BIT) / 8, (i + FIRST_BIT) % 8);
            } else {
                write(packet, columns.get(i), value);
            }
        }
        return packet.payload();
    }

    private static void write(PacketWriter packet, Column column, Value value) {
        switch (column.type().kind()) {
            case BIGINT, UNSIGNED -> packet.int8(Texts.whole(value));
            case DOUBLE -> packet.int8(Double.doubleToRawLongBits(Texts.real(value)));
            case DATETIME, DATE -> moment(packet, Texts.bytes(value).utf8());
            case TIME -> time(packet, Texts.bytes(value).utf8());
            case NULL, DECIMAL, VARCHAR, LONG_TEXT -> packet.lenenc(Texts.bytes(value));
        }
    }

    /// `2026-01-31 23:59:00` or `2026-01-31`.
    private static void moment(PacketWriter packet, String text) {
        var parts = text.split("[- :.]", -1);
        packet.int1(parts.length >= 6 ? 7 : 4)
                .int2(number(parts[0]))
                .int1(number(parts[1]))
                .int1(number(parts[2]));
        if (parts.length >= 6) {
            packet.int1(number(parts[3])).int1(number(parts[4])).int1(number(parts[5]));
        }
    }

    /// `23:59:00`.
    private static void time(PacketWriter packet, String text) {
        var parts = text.split(":", -1);
        packet.int1(8)
                .int1(0)
                .int4(0)
                .int1(number(parts[0]))
                .int1(number(parts[1]))
                .int1(number(parts[2]));
    }

    private static int number(String text) {
        return Integer.parseInt(text);
    }
}
