package io.metastore.server.mvcc;

/// What one stored change counts in `MvccStore.logicalBytes`: key and value as the client wrote them, and a fixed
/// amount for everything kept beside them. The same on every engine, since it never looks at files.
///
/// The fixed amount is what the three rows of a change take besides key and value, rounded: 17 or 18 bytes of
/// revision and up to 20 of numbers in `EVENTS`, 18 and about 4 in `HISTORY`, about 6 in `CURRENT`. It keeps a store
/// of tiny values from growing unnoticed.
final class RowCost {
    static final long OVERHEAD = 64;

    private RowCost() {}

    static long of(long keyBytes, long valueBytes) {
        return OVERHEAD + keyBytes + valueBytes;
    }
}
