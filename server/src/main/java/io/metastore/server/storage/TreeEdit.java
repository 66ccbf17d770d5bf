package io.metastore.server.storage;

import org.jspecify.annotations.Nullable;

/// Changes a tree row by row, from one version to the next, and copies each node at most once between two versions.
/// For one thread.
final class TreeEdit {
    private Edit edit = new Edit();
    private Node root;

    TreeEdit(Tree base) {
        root = base.root();
    }

    byte @Nullable [] get(byte[] key) {
        return root.get(key);
    }

    void put(byte[] key, byte[] value) {
        root = root.put(edit, key, value);
        if (root.width() > Node.CAPACITY) {
            var split = root.split(edit, root.cut(key));
            root = new Branch(edit, new byte[][] {split.separator().shared()}, new Node[] {root, split.right()});
        }
    }

    void delete(byte[] key) {
        root = root.delete(edit, key);
        if (root instanceof Branch branch && branch.width() == 1) {
            root = branch.child(0);
        }
    }

    /// The version with all changes so far; later ones do not show in it.
    Tree version() {
        edit = new Edit();
        return new Tree(root);
    }
}
