package io.metastore.server.model;

/// A right on a range of keys, as it was granted. Two permissions are for the same range when `key` and `end`
/// are equal byte for byte.
///
/// @param kind the number of etcd's API; one that stands for nothing gives no right
/// @param end as in etcd's requests: empty for the one key, a zero byte for every key from `key` on
public record Permission(int kind, Bytes key, Bytes end) {
    public static final int READ = 0;
    public static final int WRITE = 1;
    public static final int READ_WRITE = 2;

    public boolean reads() {
        return kind == READ || kind == READ_WRITE;
    }

    public boolean writes() {
        return kind == WRITE || kind == READ_WRITE;
    }

    public KeyRange keys() {
        if (end.isEmpty()) {
            return KeyRange.single(key);
        }
        return isOpen() ? KeyRange.from(key) : new KeyRange(key, end);
    }

    /// Whether the key is one, and the end comes after it.
    public boolean isWellFormed() {
        return !key.isEmpty() && (end.isEmpty() || isOpen() || key.compareTo(end) < 0);
    }

    private boolean isOpen() {
        return end.length() == 1 && end.at(0) == 0;
    }
}
