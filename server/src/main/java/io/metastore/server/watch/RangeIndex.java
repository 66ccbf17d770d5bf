package io.metastore.server.watch;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Which of many ranges hold a key, in time that grows with the logarithm of their number and with the matches. An
/// AVL tree, ordered by `from`, then `to`; each node knows the greatest `to` below it, so whole subtrees that end
/// before the key are passed over. Entries of equal ranges share a node.
///
///     [b,d) greatest e          key c: at [b,d), hit; left [a,b) ends before c; right [c,e), hit
///     ├─ [a,b) greatest b
///     └─ [c,e) greatest e
///
/// Source: interval trees, Cormen, Leiserson, Rivest and Stein, section 14.3. For one thread at a time.
final class RangeIndex<T> {
    private @Nullable Node<T> root;

    void add(KeyRange keys, T entry) {
        root = add(root, keys, entry);
    }

    /// Removes an entry that was added with these keys; one that is not there is no error.
    void remove(KeyRange keys, T entry) {
        root = remove(root, keys, entry);
    }

    void visit(Bytes key, Consumer<? super T> visitor) {
        visit(root, key, visitor);
    }

    void forEach(Consumer<? super T> visitor) {
        forEach(root, visitor);
    }

    boolean isEmpty() {
        return root == null;
    }

    /// The number of nodes on the longest way down.
    int height() {
        return height(root);
    }

    private static <T> void visit(@Nullable Node<T> node, Bytes key, Consumer<? super T> visitor) {
        if (node == null || isBefore(node.greatest, key)) {
            return;
        }
        visit(node.left, key, visitor);
        if (node.keys.from().compareTo(key) > 0) {
            return;
        }
        if (!isBefore(node.keys.to(), key)) {
            node.entries.forEach(visitor);
        }
        visit(node.right, key, visitor);
    }

    private static <T> void forEach(@Nullable Node<T> node, Consumer<? super T> visitor) {
        if (node != null) {
            forEach(node.left, visitor);
            node.entries.forEach(visitor);
            forEach(node.right, visitor);
        }
    }

    private static <T> Node<T> add(@Nullable Node<T> node, KeyRange keys, T entry) {
        if (node == null) {
            return new Node<>(keys, entry);
        }
        int order = compare(keys, node.keys);
        if (order == 0) {
            node.entries.add(entry);
            return node;
        }
        if (order < 0) {
            node.left = add(node.left, keys, entry);
        } else {
            node.right = add(node.right, keys, entry);
        }
        return balanced(node);
    }

    private static <T> @Nullable Node<T> remove(@Nullable Node<T> node, KeyRange keys, T entry) {
        if (node == null) {
            return null;
        }
        int order = compare(keys, node.keys);
        if (order < 0) {
            node.left = remove(node.left, keys, entry);
        } else if (order > 0) {
            node.right = remove(node.right, keys, entry);
        } else {
            node.entries.remove(entry);
            return node.entries.isEmpty() ? without(node) : node;
        }
        return balanced(node);
    }

    /// The subtree of `node` without it: its successor takes its place.
    private static <T> @Nullable Node<T> without(Node<T> node) {
        if (node.right == null) {
            return node.left;
        }
        if (node.left == null) {
            return node.right;
        }
        var successor = smallest(node.right);
        successor.right = withoutSmallest(node.right);
        successor.left = node.left;
        return balanced(successor);
    }

    private static <T> Node<T> smallest(Node<T> node) {
        var smallest = node;
        while (smallest.left != null) {
            smallest = smallest.left;
        }
        return smallest;
    }

    private static <T> @Nullable Node<T> withoutSmallest(Node<T> node) {
        if (node.left == null) {
            return node.right;
        }
        node.left = withoutSmallest(node.left);
        return balanced(node);
    }

    private static <T> Node<T> balanced(Node<T> node) {
        int lean = height(node.left) - height(node.right);
        if (lean > 1 && node.left != null) {
            if (node.left.right != null && height(node.left.left) < height(node.left.right)) {
                node.left = rotatedLeft(node.left, node.left.right);
            }
            return rotatedRight(node, node.left);
        }
        if (lean < -1 && node.right != null) {
            if (node.right.left != null && height(node.right.right) < height(node.right.left)) {
                node.right = rotatedRight(node.right, node.right.left);
            }
            return rotatedLeft(node, node.right);
        }
        node.update();
        return node;
    }

    private static <T> Node<T> rotatedRight(Node<T> node, Node<T> left) {
        node.left = left.right;
        left.right = node;
        node.update();
        left.update();
        return left;
    }

    private static <T> Node<T> rotatedLeft(Node<T> node, Node<T> right) {
        node.right = right.left;
        right.left = node;
        node.update();
        right.update();
        return right;
    }

    private static int height(@Nullable Node<?> node) {
        return node == null ? 0 : node.height;
    }

    /// Whether a range that ends at `to` ends before it reaches `key`.
    private static boolean isBefore(Bytes to, Bytes key) {
        return !to.isEmpty() && to.compareTo(key) <= 0;
    }

    private static int compare(KeyRange one, KeyRange other) {
        int order = one.from().compareTo(other.from());
        return order != 0 ? order : compareEnds(one.to(), other.to());
    }

    /// An empty end is the end of the key space, above all others.
    private static int compareEnds(Bytes one, Bytes other) {
        if (one.isEmpty() || other.isEmpty()) {
            return Boolean.compare(one.isEmpty(), other.isEmpty());
        }
        return one.compareTo(other);
    }

    private static final class Node<T> {
        private final KeyRange keys;
        private final Set<T> entries = LinkedHashSet.newLinkedHashSet(1);
        private @Nullable Node<T> left;
        private @Nullable Node<T> right;
        private int height = 1;
        private Bytes greatest;

        Node(KeyRange keys, T entry) {
            this.keys = keys;
            this.greatest = keys.to();
            entries.add(entry);
        }

        void update() {
            height = 1 + Math.max(RangeIndex.height(left), RangeIndex.height(right));
            greatest = later(left, later(right, keys.to()));
        }

        private static Bytes later(@Nullable Node<?> node, Bytes end) {
            return node == null || compareEnds(node.greatest, end) < 0 ? end : node.greatest;
        }
    }
}
