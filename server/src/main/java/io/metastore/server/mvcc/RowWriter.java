package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Fills an array of a size known beforehand, so that nothing is copied twice.
///
/// A varint holds seven bits in each byte, the lowest first; the top bit says that another byte follows:
///
///     1 → 01    300 → ac 02    -1 → ff ff ff ff ff ff ff ff ff 01
final class RowWriter {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] row;
    private int position;

    RowWriter(int size) {
        row = new byte[size];
    }

    /// The bytes a varint of this number takes, 1 to 10.
    static int sizeOfVarint(long number) {
        return (70 - Long.numberOfLeadingZeros(number | 1)) / 7;
    }

    RowWriter octet(int octet) {
        row[position++] = (byte) octet;
        return this;
    }

    RowWriter varint(long number) {
        long rest = number;
        while ((rest & ~0x7fL) != 0) {
            octet((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        return octet((int) rest);
    }

    /// Eight bytes, the highest first, so that rows of numbers from 0 up sort like the numbers.
    RowWriter fixed(long number) {
        LONG.set(row, position, number);
        position += Long.BYTES;
        return this;
    }

    RowWriter bytes(Bytes bytes) {
        System.arraycopy(bytes.shared(), 0, row, position, bytes.length());
        position += bytes.length();
        return this;
    }

    /// The finished row.
    ///
    /// @throws IllegalStateException when fewer bytes were written than announced
    Bytes finish() {
        if (position != row.length) {
            throw new IllegalStateException("row has " + position + " bytes instead of " + row.length);
        }
        return Bytes.wrap(row);
    }
}
