package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.LeaseId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A map from keys to their numbers, up to a number of bytes. All entries lie in one array, which keeps them small
/// and gives the garbage collector nothing to walk: a key of 20 bytes takes 76 to 80 bytes, where objects in a
/// `HashMap` would take about 200. Nothing is ever removed alone.
///
///     heads   [ . | 1 | . | 65 ]           by the hash of the key: where the chain's first entry is, 0 for none
///     entries  [- | 0 h 3 2 2 1 0 0 1 a b c | 1 h 3 ...]
///                   │ │ └ length of the key, the numbers, the key
///                   │ └ half of the hash
///                   └ where the next entry of the chain is
final class KeyTable {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private static final int NEXT = 0;
    private static final int HASH = 4;
    private static final int KEY_LENGTH = 8;
    private static final int SUB = 12;
    private static final int VALUE_BYTES = 16;
    private static final int CREATE = 20;
    private static final int MOD = 28;
    private static final int VERSION = 36;
    private static final int LEASE = 44;
    private static final int KEY = 52;

    /// No entry lies at 0, which stands for none.
    private static final int FIRST = 1;

    private static final int LEAST_BYTES = 1 << 10;
    private static final int LEAST_HEADS = 1 << 4;

    private final int limit;
    private byte[] entries;
    private int[] heads = new int[LEAST_HEADS];
    private int end = FIRST;
    private int count;

    /// @param limit the most bytes that the entries take
    KeyTable(int limit) {
        this.limit = FIRST + limit;
        entries = new byte[Math.min(this.limit, LEAST_BYTES)];
    }

    static int entryBytes(Bytes key) {
        return KEY + key.length();
    }

    @Nullable KeyNumbers find(Bytes key, long hash) {
        int at = search(key, (int) hash);
        return at == 0 ? null : numbers(at);
    }

    /// Changes the numbers of a key; false, and nothing has changed, when it is a new one for which there is no
    /// room.
    boolean put(Bytes key, long hash, KeyNumbers numbers) {
        int at = search(key, (int) hash);
        if (at == 0) {
            if (entryBytes(key) > limit - end) {
                return false;
            }
            at = append(key, (int) hash);
        }
        write(at, numbers);
        return true;
    }

    /// Keeps the space for what comes.
    void clear() {
        Arrays.fill(heads, 0);
        end = FIRST;
        count = 0;
    }

    long heldBytes() {
        return entries.length + (long) heads.length * Integer.BYTES;
    }

    private int search(Bytes key, int hash) {
        int at = heads[head(hash)];
        while (at != 0 && !(number(at + HASH) == hash && holds(at, key))) {
            at = number(at + NEXT);
        }
        return at;
    }

    private boolean holds(int at, Bytes key) {
        int from = at + KEY;
        int length = number(at + KEY_LENGTH);
        return Arrays.equals(entries, from, from + length, key.shared(), 0, key.length());
    }

    private int append(Bytes key, int hash) {
        int at = end;
        int next = at + entryBytes(key);
        if (next > entries.length) {
            entries = Arrays.copyOf(entries, (int) Math.min(limit, Math.max(next, 2L * entries.length)));
        }
        INT.set(entries, at + HASH, hash);
        INT.set(entries, at + KEY_LENGTH, key.length());
        System.arraycopy(key.shared(), 0, entries, at + KEY, key.length());
        end = next;
        if (++count > heads.length) {
            chainAll(2 * heads.length);
        } else {
            chain(at, hash);
        }
        return at;
    }

    private void chainAll(int headCount) {
        heads = new int[headCount];
        for (int at = FIRST; at < end; at += KEY + number(at + KEY_LENGTH)) {
            chain(at, number(at + HASH));
        }
    }

    private void chain(int at, int hash) {
        int head = head(hash);
        INT.set(entries, at + NEXT, heads[head]);
        heads[head] = at;
    }

    private int head(int hash) {
        return hash & (heads.length - 1);
    }

    private KeyNumbers numbers(int at) {
        long version = (long) LONG.get(entries, at + VERSION);
        return version == 0
                ? KeyNumbers.ABSENT
                : new KeyNumbers(
                        (long) LONG.get(entries, at + CREATE),
                        (long) LONG.get(entries, at + MOD),
                        number(at + SUB),
                        version,
                        LeaseId.of((long) LONG.get(entries, at + LEASE)),
                        number(at + VALUE_BYTES));
    }

    private void write(int at, KeyNumbers numbers) {
        INT.set(entries, at + SUB, Math.toIntExact(numbers.sub()));
        INT.set(entries, at + VALUE_BYTES, Math.toIntExact(numbers.valueBytes()));
        LONG.set(entries, at + CREATE, numbers.createRevision());
        LONG.set(entries, at + MOD, numbers.modRevision());
        LONG.set(entries, at + VERSION, numbers.version());
        LONG.set(entries, at + LEASE, numbers.lease().number());
    }

    private int number(int at) {
        return (int) INT.get(entries, at);
    }
}
