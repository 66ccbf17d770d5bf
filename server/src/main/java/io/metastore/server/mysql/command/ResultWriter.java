package io.metastore.server.mysql.command;

import io.metastore.server.model.Bytes;
import io.metastore.server.mysql.packet.Answers;
import io.metastore.server.mysql.packet.Answers.Condition;
import io.metastore.server.mysql.packet.PacketWriter;
import io.metastore.server.mysql.packet.Wire;
import io.metastore.server.mysql.sql.Collation;
import io.metastore.server.mysql.sql.Column;
import io.metastore.server.mysql.sql.ColumnType;
import io.metastore.server.mysql.sql.Texts;
import io.metastore.server.mysql.sql.Value;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/// Sends rows: the columns first, then each row when it is read, in text or in binary form.
final class ResultWriter {
    private static final int BINARY = 63;
    private static final int UTF8_BINARY = 46;
    private static final int UTF8 = 255;
    private static final int FLAG_NOT_NULL = 1;
    private static final int FLAG_PRIMARY = 2;
    private static final int FLAG_BLOB = 16;
    private static final int FLAG_UNSIGNED = 32;
    private static final int FLAG_BINARY = 128;
    private static final int MOST_BYTES_OF_CHARACTER = 4;

    private final Wire wire;
    private final boolean endsWithOk;

    /// @param endsWithOk whether the client takes an OK for the end, and needs none behind the columns
    ResultWriter(Wire wire, boolean endsWithOk) {
        this.wire = wire;
        this.endsWithOk = endsWithOk;
    }

    /// In which form rows are sent.
    enum Form {
        TEXT,
        BINARY
    }

    /// @param condition after the last row
    void send(List<Column> columns, Iterator<List<Value>> rows, Form form, Supplier<Condition> condition) {
        // What goes wrong before the first row is the whole answer.
        var _ = rows.hasNext();
        wire.send(new PacketWriter().lenenc(columns.size()).payload());
        columns(columns, condition.get());
        rows(columns, rows, form);
        end(condition.get());
    }

    /// The columns of a result whose rows are fetched later.
    void announce(List<Column> columns, Condition condition) {
        wire.send(new PacketWriter().lenenc(columns.size()).payload());
        columns.forEach(column -> wire.send(definition(column)));
        wire.send(Answers.eof(condition));
    }

    /// Definitions with what ends them, as far as the client wants that.
    void columns(List<Column> columns, Condition condition) {
        columns.forEach(column -> wire.send(definition(column)));
        if (!endsWithOk) {
            wire.send(Answers.eof(condition));
        }
    }

    void rows(List<Column> columns, Iterator<List<Value>> rows, Form form) {
        while (rows.hasNext()) {
            var row = rows.next();
            wire.send(
                    switch (form) {
                        case TEXT -> text(row);
                        case BINARY -> BinaryRow.of(columns, row);
                    });
        }
    }

    void end(Condition condition) {
        wire.send(endsWithOk ? Answers.end(condition) : Answers.eof(condition));
    }

    private static Bytes text(List<Value> row) {
        var packet = new PacketWriter();
        for (var value : row) {
            if (value.isNull()) {
                packet.int1(0xfb);
            } else {
                packet.lenenc(Texts.bytes(value));
            }
        }
        return packet.payload();
    }

    static Bytes definition(Column column) {
        var type = column.type();
        boolean text = type.kind() == ColumnType.Kind.VARCHAR || type.kind() == ColumnType.Kind.LONG_TEXT;
        int charset = !text ? BINARY : charset(type.collation());
        int flags = (type.notNull() ? FLAG_NOT_NULL : 0)
                | (!column.origin().isEmpty() && column.name().equals("key") ? FLAG_PRIMARY : 0)
                | (type.kind() == ColumnType.Kind.LONG_TEXT ? FLAG_BLOB : 0)
                | (charset == BINARY ? FLAG_BINARY : 0)
                | (type.kind() == ColumnType.Kind.UNSIGNED ? FLAG_UNSIGNED : 0);
        long length = text && charset != BINARY && type.kind() == ColumnType.Kind.VARCHAR
                ? type.length() * MOST_BYTES_OF_CHARACTER
                : type.length();
        return new PacketWriter()
                .lenenc("def")
                .lenenc(column.origin().startsWith("kv") ? "metastore" : "")
                .lenenc(column.table())
                .lenenc(column.origin())
                .lenenc(column.name())
                .lenenc(column.origin().isEmpty() ? "" : column.name())
                .int1(0x0c)
                .int2(charset)
                .int4(length)
                .int1(type.kind().code())
                .int2(flags)
                .int1(type.decimals())
                .int2(0)
                .payload();
    }

    private static int charset(Collation collation) {
        return switch (collation) {
            case GENERAL -> UTF8;
            case UTF8_BINARY -> UTF8_BINARY;
            case BINARY -> BINARY;
        };
    }
}
