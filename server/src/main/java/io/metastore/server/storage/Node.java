package io.metastore.server.storage;

import io.metastore.server.model.Bytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A part of a persistent B+tree. The arrays in it are never changed. The node itself is changed in place only by the
/// edit that made it; any other edit makes a new one, and with it new ones for all nodes above. Two nodes are equal
/// when they are the same one.
///
///     leaf [a b | d]  put c by its own edit  →  the same leaf [a b c d]
///                     put c by another edit  →  a second leaf [a b c d]; the first stays as it was
abstract sealed class Node permits Leaf, Branch {
    /// How many rows or children a node has at most, after an edit.
    static final int CAPACITY = 32;

    /// With fewer a node is joined with its neighbour when a row of it was deleted.
    static final int LEAST = 12;

    /// A new right half, and the smallest key that may be in it. The left half is the node that was split.
    record Split(Bytes separator, Node right) {}

    abstract byte @Nullable [] get(byte[] key);

    /// This node, or what takes its place, with the row in it; one wider than `CAPACITY` if it was full.
    abstract Node put(Edit edit, byte[] key, byte[] value);

    /// This node, or what takes its place, without the row.
    abstract Node delete(Edit edit, byte[] key);

    /// How many rows or children it has.
    abstract int width();

    /// Where to split it after `key` was put into it: in the middle; but far right when rows arrive in ascending
    /// order, so that nodes that will never be written again are full.
    abstract int cut(byte[] key);

    /// Cuts this node, which belongs to `edit`, down to its first `cut` rows or children.
    abstract Split split(Edit edit, int cut);

    /// A new node with the content of this one and of its right neighbour, which is of the same height.
    abstract Node join(Edit edit, byte[] separator, Node right);

    /// The position of `key`, or `-(position where it belongs) - 1`.
    static int search(byte[][] keys, byte[] key) {
        int low = 0;
        int high = keys.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Arrays.compareUnsigned(keys[middle], key);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    static <T> T[] inserted(T[] items, int at, T item) {
        T[] result = Arrays.copyOf(items, items.length + 1);
        System.arraycopy(items, at, result, at + 1, items.length - at);
        result[at] = item;
        return result;
    }

    static <T> T[] removed(T[] items, int at) {
        T[] result = Arrays.copyOf(items, items.length - 1);
        System.arraycopy(items, at + 1, result, at, items.length - at - 1);
        return result;
    }

    static <T> T[] replaced(T[] items, int at, T item) {
        T[] result = items.clone();
        result[at] = item;
        return result;
    }

    static <T> T[] joined(T[] left, T[] right) {
        T[] result = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, result, left.length, right.length);
        return result;
    }
}
