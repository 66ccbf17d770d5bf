package io.metastore.server.mysql.packet;

import io.metastore.server.model.Bytes;

/// The short answers: OK, error, and end of rows.
public final class Answers {
    public static final int IN_TRANSACTION = 0x1;
    public static final int AUTOCOMMIT = 0x2;
    public static final int MORE_RESULTS = 0x8;
    public static final int CURSOR_EXISTS = 0x40;
    public static final int LAST_ROW_SENT = 0x80;
    public static final int NO_BACKSLASH_ESCAPES = 0x200;
    public static final int READ_ONLY = 0x2000;

    private static final int MOST_WARNINGS = 0xffff;

    private Answers() {}

    /// What every answer tells besides its own content.
    public record Condition(int status, int warnings) {
        public Condition {
            warnings = Math.min(warnings, MOST_WARNINGS);
        }

        public Condition with(int bit) {
            return new Condition(status | bit, warnings);
        }
    }

    public static Bytes ok(long affected, String info, Condition condition) {
        var packet = new PacketWriter()
                .int1(0)
                .lenenc(affected)
                .lenenc(0)
                .int2(condition.status())
                .int2(condition.warnings());
        return (info.isEmpty() ? packet : packet.lenenc(info)).payload();
    }

    public static Bytes error(MysqlException fault) {
        return new PacketWriter()
                .int1(0xff)
                .int2(fault.number())
                .text("#" + fault.state())
                .text(fault.text())
                .payload();
    }

    /// The end of columns or rows, for clients that know no other.
    public static Bytes eof(Condition condition) {
        return new PacketWriter()
                .int1(0xfe)
                .int2(condition.warnings())
                .int2(condition.status())
                .payload();
    }

    /// The end of rows, for clients that take an OK for it.
    public static Bytes end(Condition condition) {
        return new PacketWriter()
                .int1(0xfe)
                .lenenc(0)
                .lenenc(0)
                .int2(condition.status())
                .int2(condition.warnings())
                .payload();
    }
}
