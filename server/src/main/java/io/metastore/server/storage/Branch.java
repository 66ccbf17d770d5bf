package io.metastore.server.storage;

import io.metastore.server.model.Bytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// At least two children, with a key between each pair of neighbours.
///
///     separators   d       k             keys below d are in the first child,
///     children  [a b c] [d g] [k m z]    keys from d up to below k in the second
final class Branch extends Node {
    private final Edit owner;
    private byte[][] separators;
    private Node[] children;

    Branch(Edit owner, byte[][] separators, Node[] children) {
        this.owner = owner;
        this.separators = separators;
        this.children = children;
    }

    Node child(int at) {
        return children[at];
    }

    /// The position of the child in which `key` is, if it is anywhere.
    int childFor(byte[] key) {
        int at = search(separators, key);
        return at >= 0 ? at + 1 : -at - 1;
    }

    @Override
    byte @Nullable [] get(byte[] key) {
        return children[childFor(key)].get(key);
    }

    @Override
    Node put(Edit edit, byte[] key, byte[] value) {
        int at = childFor(key);
        var child = children[at].put(edit, key, value);
        var changed = withChild(edit, at, child);
        return child.width() > CAPACITY ? changed.splitChild(edit, at, child.cut(key)) : changed;
    }

    @Override
    Node delete(Edit edit, byte[] key) {
        int at = childFor(key);
        var child = children[at].delete(edit, key);
        var changed = withChild(edit, at, child);
        return child.width() < LEAST ? changed.joinChild(edit, Math.min(at, children.length - 2)) : changed;
    }

    @Override
    int width() {
        return children.length;
    }

    @Override
    int cut(byte[] key) {
        boolean ascending = Arrays.compareUnsigned(key, separators[separators.length - 1]) >= 0;
        return ascending ? children.length - 2 : children.length / 2;
    }

    @Override
    Split split(Edit edit, int cut) {
        var right = new Branch(
                edit,
                Arrays.copyOfRange(separators, cut, separators.length),
                Arrays.copyOfRange(children, cut, children.length));
        var separator = separators[cut - 1];
        separators = Arrays.copyOf(separators, cut - 1);
        children = Arrays.copyOf(children, cut);
        return new Split(Bytes.wrap(separator), right);
    }

    @Override
    Node join(Edit edit, byte[] separator, Node right) {
        var other = (Branch) right;
        var left = inserted(separators, separators.length, separator);
        return new Branch(edit, joined(left, other.separators), joined(children, other.children));
    }

    /// The child is cut in two; it and this branch belong to `edit`.
    private Branch splitChild(Edit edit, int at, int cut) {
        var split = children[at].split(edit, cut);
        return with(
                edit, inserted(separators, at, split.separator().shared()), inserted(children, at + 1, split.right()));
    }

    /// The child and its right neighbour become one, or two of the same width if that one would be too wide.
    private Branch joinChild(Edit edit, int at) {
        var joined = children[at].join(edit, separators[at], children[at + 1]);
        var changed = with(edit, removed(separators, at), replaced(removed(children, at + 1), at, joined));
        return joined.width() > CAPACITY ? changed.splitChild(edit, at, joined.width() / 2) : changed;
    }

    private Branch withChild(Edit edit, int at, Node child) {
        return children[at] == child ? this : with(edit, separators, replaced(children, at, child));
    }

    private Branch with(Edit edit, byte[][] newSeparators, Node[] newChildren) {
        if (owner != edit) {
            return new Branch(edit, newSeparators, newChildren);
        }
        separators = newSeparators;
        children = newChildren;
        return this;
    }
}
