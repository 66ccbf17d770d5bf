package io.metastore.server.model;

/// The keys from `from`, inclusive, to `to`, exclusive. An empty `to` stands for the end of the key space, so the empty
/// pair is every key; a range whose `to` is not above its `from` holds no key.
public record KeyRange(Bytes from, Bytes to) {
    public static final KeyRange ALL = new KeyRange(Bytes.EMPTY, Bytes.EMPTY);

    public static KeyRange single(Bytes key) {
        return new KeyRange(key, key.successor());
    }

    /// All keys at or above `key`.
    public static KeyRange from(Bytes key) {
        return new KeyRange(key, Bytes.EMPTY);
    }

    public boolean isUnbounded() {
        return to.isEmpty();
    }

    public boolean isEmpty() {
        return !to.isEmpty() && from.compareTo(to) >= 0;
    }

    /// Whether this range can hold one key only.
    public boolean isSingle() {
        return to.length() == from.length() + 1 && to.at(from.length()) == 0 && to.startsWith(from);
    }

    public boolean contains(Bytes key) {
        return key.compareTo(from) >= 0 && (to.isEmpty() || key.compareTo(to) < 0);
    }
}
