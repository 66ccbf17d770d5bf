package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
import io.metastore.server.storage.StorageException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Takes apart what `RowWriter` wrote. Every method throws a `StorageException` when the row ends too early.
final class RowReader {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] row;
    private int position;

    RowReader(Bytes row) {
        this(row, 0);
    }

    RowReader(Bytes row, int position) {
        this.row = row.shared();
        this.position = position;
    }

    boolean hasMore() {
        return position < row.length;
    }

    /// How many bytes lie behind it.
    int position() {
        return position;
    }

    int octet() {
        require(1);
        return row[position++] & 0xff;
    }

    long varint() {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int octet = octet();
            number |= (octet & 0x7fL) << shift;
            if (octet < 0x80) {
                return number;
            }
        }
        throw damaged("a number does not end");
    }

    long fixed() {
        require(Long.BYTES);
        long number = (long) LONG.get(row, position);
        position += Long.BYTES;
        return number;
    }

    Bytes bytes(long length) {
        require(length);
        int from = position;
        position += (int) length;
        return Bytes.wrap(Arrays.copyOfRange(row, from, position));
    }

    Bytes rest() {
        return bytes(row.length - position);
    }

    StorageException damaged(String what) {
        return new StorageException("damaged row of " + row.length + " bytes, at byte " + position + ": " + what);
    }

    private void require(long length) {
        if (length < 0 || length > row.length - position) {
            throw damaged("it ends too early");
        }
    }
}
