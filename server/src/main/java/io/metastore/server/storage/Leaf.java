package io.metastore.server.storage;

import io.metastore.server.model.Bytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Rows in the order of their keys; empty only as the root of an empty tree.
final class Leaf extends Node {
    /// The root of an empty tree. No edit owns it, so it stays as it is.
    static final Leaf NONE = new Leaf(new Edit(), new byte[0][], new byte[0][]);

    private final Edit owner;
    private byte[][] keys;
    private byte[][] values;

    Leaf(Edit owner, byte[][] keys, byte[][] values) {
        this.owner = owner;
        this.keys = keys;
        this.values = values;
    }

    byte[] key(int at) {
        return keys[at];
    }

    byte[] value(int at) {
        return values[at];
    }

    /// As `Node.search`, in this leaf.
    int search(byte[] key) {
        return search(keys, key);
    }

    @Override
    byte @Nullable [] get(byte[] key) {
        int at = search(keys, key);
        return at < 0 ? null : values[at];
    }

    @Override
    Node put(Edit edit, byte[] key, byte[] value) {
        int at = search(keys, key);
        return at >= 0
                ? with(edit, keys, replaced(values, at, value))
                : with(edit, inserted(keys, -at - 1, key), inserted(values, -at - 1, value));
    }

    @Override
    Node delete(Edit edit, byte[] key) {
        int at = search(keys, key);
        return at < 0 ? this : with(edit, removed(keys, at), removed(values, at));
    }

    @Override
    int width() {
        return keys.length;
    }

    @Override
    int cut(byte[] key) {
        int last = keys.length - 1;
        return Arrays.equals(keys[last], key) ? last : keys.length / 2;
    }

    @Override
    Split split(Edit edit, int cut) {
        var right = new Leaf(
                edit, Arrays.copyOfRange(keys, cut, keys.length), Arrays.copyOfRange(values, cut, values.length));
        keys = Arrays.copyOf(keys, cut);
        values = Arrays.copyOf(values, cut);
        return new Split(Bytes.wrap(right.keys[0]), right);
    }

    @Override
    Node join(Edit edit, byte[] separator, Node right) {
        var other = (Leaf) right;
        return new Leaf(edit, joined(keys, other.keys), joined(values, other.values));
    }

    private Leaf with(Edit edit, byte[][] newKeys, byte[][] newValues) {
        if (owner != edit) {
            return new Leaf(edit, newKeys, newValues);
        }
        keys = newKeys;
        values = newValues;
        return this;
    }
}
