package io.metastore.e2e.history;

/// Keys from `from` up to, without, `end`; ASCII, so that the order of texts is that of bytes.
///
///     ("a", "")  the key a        ("a/", "a0")  all that begin with a/        ("\0", "\0")  all keys
///
/// @param end empty for one key, `\0` for no upper end: as etcd's `range_end`
public record Keys(String from, String end) {
    private static final String NO_END = "\0";
    public static final Keys ALL = new Keys(NO_END, NO_END);

    public static Keys one(String key) {
        return new Keys(key, "");
    }

    /// All keys that begin with a text.
    ///
    /// @param prefix not empty
    public static Keys prefix(String prefix) {
        int last = prefix.length() - 1;
        return new Keys(prefix, prefix.substring(0, last) + (char) (prefix.charAt(last) + 1));
    }

    public boolean single() {
        return end.isEmpty();
    }

    public boolean unbounded() {
        return end.equals(NO_END);
    }

    public boolean contains(String key) {
        if (single()) {
            return key.equals(from);
        }
        return key.compareTo(from) >= 0 && (unbounded() || key.compareTo(end) < 0);
    }

    @Override
    public String toString() {
        if (single()) {
            return from;
        }
        return equals(ALL) ? "all keys" : "[" + from + ", " + (unbounded() ? "…" : end) + ")";
    }
}
