package io.metastore.server.storage;

import io.metastore.server.model.KeyRange;

/// Walks over one version of a tree. Nodes do not know their parents, so it remembers the way down to its leaf.
final class TreeCursor extends RangeCursor {
    private final Node root;
    private final Runnable whenClosed;

    /// The branches on the way from the root, and which child was taken in each.
    private final Branch[] path;

    private final int[] turns;
    private Leaf leaf = Leaf.NONE;

    /// The present row in `leaf`; one before or behind its rows while a row is looked for.
    private int at;

    TreeCursor(Tree tree, KeyRange range, Direction direction, Runnable whenClosed) {
        super(range, direction);
        this.root = tree.root();
        this.whenClosed = whenClosed;
        int height = tree.height();
        path = new Branch[height];
        turns = new int[height];
    }

    @Override
    boolean start() {
        return switch (direction) {
            case FORWARD -> jump(range.from().shared());
            case BACKWARD ->
                range.isUnbounded() ? startAtEnd() : startBelow(range.to().shared());
        };
    }

    @Override
    boolean advance() {
        at += direction.step;
        return settle();
    }

    @Override
    boolean jump(byte[] key) {
        descend(key);
        int found = leaf.search(key);
        at = found >= 0 ? found : -found - 1;
        if (found < 0 && direction == Direction.BACKWARD) {
            at--;
        }
        return settle();
    }

    @Override
    byte[] rowKey() {
        return leaf.key(at);
    }

    @Override
    byte[] rowValue() {
        return leaf.value(at);
    }

    @Override
    void free() {
        whenClosed.run();
    }

    private boolean startAtEnd() {
        descendAlongEdge(root, 0);
        return settle();
    }

    private boolean startBelow(byte[] end) {
        descend(end);
        int found = leaf.search(end);
        at = (found >= 0 ? found : -found - 1) - 1;
        return settle();
    }

    private void descend(byte[] key) {
        var node = root;
        for (int depth = 0; node instanceof Branch branch; depth++) {
            int turn = branch.childFor(key);
            path[depth] = branch;
            turns[depth] = turn;
            node = branch.child(turn);
        }
        leaf = (Leaf) node;
    }

    /// Goes down to the first leaf below `from` in the scan's direction, and to its first row.
    private void descendAlongEdge(Node from, int fromDepth) {
        var node = from;
        for (int depth = fromDepth; node instanceof Branch branch; depth++) {
            int turn = edge(branch);
            path[depth] = branch;
            turns[depth] = turn;
            node = branch.child(turn);
        }
        leaf = (Leaf) node;
        at = edge(leaf);
    }

    private int edge(Node node) {
        return direction == Direction.FORWARD ? 0 : node.width() - 1;
    }

    /// Goes on to the next leaf if there is no row at `at`; whether a row of the range is there then.
    private boolean settle() {
        return (isWithin(at, leaf) || climb()) && isInRange();
    }

    private boolean climb() {
        for (int depth = path.length - 1; depth >= 0; depth--) {
            turns[depth] += direction.step;
            if (isWithin(turns[depth], path[depth])) {
                descendAlongEdge(path[depth].child(turns[depth]), depth + 1);
                return isWithin(at, leaf);
            }
        }
        return false;
    }

    private static boolean isWithin(int position, Node node) {
        return position >= 0 && position < node.width();
    }

    private boolean isInRange() {
        return switch (direction) {
            case FORWARD ->
                range.isUnbounded() || direction.compare(rowKey(), range.to().shared()) < 0;
            case BACKWARD -> direction.compare(rowKey(), range.from().shared()) <= 0;
        };
    }
}
