package io.metastore.server.snapshot;

import io.metastore.server.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.TreeMap;

/// A protobuf message whose fields are all numbers; those that are 0 are left out.
///
///     {1: 7, 2: 600}   →   08 07  10 d8 04
record Fields(TreeMap<Integer, Long> numbers) {
    private static final int LAST_FIELD = 15;

    Fields() {
        this(new TreeMap<>());
    }

    /// @param field 1 to 15
    Fields with(int field, long number) {
        numbers.put(field, number);
        return this;
    }

    long get(int field) {
        return numbers.getOrDefault(field, 0L);
    }

    Bytes encoded() {
        var bytes = new ByteArrayOutputStream();
        numbers.forEach((field, number) -> {
            if (number != 0) {
                bytes.write(field << 3);
                writeVarint(bytes, number);
            }
        });
        return Bytes.wrap(bytes.toByteArray());
    }

    /// @throws SnapshotException when it is no such message
    static Fields decode(Bytes message) {
        var fields = new Fields();
        int at = 0;
        while (at < message.length()) {
            int tag = message.at(at++);
            if ((tag & 7) != 0 || tag >> 3 == 0 || tag >> 3 > LAST_FIELD) {
                throw damaged(message);
            }
            long number = 0;
            int octet = 0x80;
            for (int shift = 0; (octet & 0x80) != 0; shift += 7) {
                if (at == message.length() || shift >= Long.SIZE) {
                    throw damaged(message);
                }
                octet = message.at(at++);
                number |= (octet & 0x7fL) << shift;
            }
            fields.with(tag >> 3, number);
        }
        return fields;
    }

    private static void writeVarint(ByteArrayOutputStream bytes, long number) {
        long rest = number;
        while ((rest & ~0x7fL) != 0) {
            bytes.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }

    private static SnapshotException damaged(Bytes message) {
        return new SnapshotException("a message that cannot be read: " + message);
    }
}
