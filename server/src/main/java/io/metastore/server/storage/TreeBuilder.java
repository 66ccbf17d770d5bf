package io.metastore.server.storage;

import io.metastore.server.model.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Builds a tree of full nodes from rows in ascending order, leaf by leaf and then level by level.
final class TreeBuilder {
    /// A finished node and the smallest key in it.
    private record Part(Bytes first, Node node) {}

    private final Edit edit = new Edit();
    private final List<byte[]> keys = new ArrayList<>();
    private final List<byte[]> values = new ArrayList<>();
    private final List<Part> leaves = new ArrayList<>();
    private byte[] last = new byte[0];
    private long rows;

    /// Whether the row was taken; false when its key is not above that of the row before.
    boolean append(byte[] key, byte[] value) {
        if (rows > 0 && Arrays.compareUnsigned(key, last) <= 0) {
            return false;
        }
        keys.add(key);
        values.add(value);
        last = key;
        rows++;
        if (keys.size() == Node.CAPACITY) {
            finishLeaf();
        }
        return true;
    }

    long rows() {
        return rows;
    }

    Tree build() {
        if (!keys.isEmpty()) {
            finishLeaf();
        }
        if (leaves.isEmpty()) {
            return Tree.EMPTY;
        }
        var level = List.copyOf(leaves);
        while (level.size() > 1) {
            level = parents(level);
        }
        return new Tree(level.getFirst().node());
    }

    private void finishLeaf() {
        leaves.add(new Part(
                Bytes.wrap(keys.getFirst()),
                new Leaf(edit, keys.toArray(new byte[0][]), values.toArray(new byte[0][]))));
        keys.clear();
        values.clear();
    }

    /// A branch has two children at least, so the last but one gives some away when one child would be left over.
    private List<Part> parents(List<Part> level) {
        var parents = new ArrayList<Part>();
        int from = 0;
        while (from < level.size()) {
            int left = level.size() - from;
            int width = left == Node.CAPACITY + 1 ? Node.CAPACITY / 2 : Math.min(left, Node.CAPACITY);
            parents.add(branch(level.subList(from, from + width)));
            from += width;
        }
        return parents;
    }

    private Part branch(List<Part> parts) {
        var separators =
                parts.stream().skip(1).map(part -> part.first().shared()).toArray(byte[][]::new);
        var children = parts.stream().map(Part::node).toArray(Node[]::new);
        return new Part(parts.getFirst().first(), new Branch(edit, separators, children));
    }
}
