package io.metastore.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.Bytes;
import io.metastore.server.seed.Seed;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TreeTest {
    private static final Bytes VALUE = Bytes.utf8("value");

    private static Bytes key(int number) {
        return Bytes.wrap(ByteBuffer.allocate(4).putInt(number).array());
    }

    private static Map<Bytes, Bytes> rows(Tree tree) {
        var rows = new TreeMap<Bytes, Bytes>();
        try (var cursor = tree.all()) {
            while (cursor.next()) {
                rows.put(cursor.key(), cursor.value());
            }
        }
        return rows;
    }

    /// Checks the shape below `node`, and returns how many rows are there.
    private static int check(Node node, int height) {
        assertThat(node.width()).isLessThanOrEqualTo(Node.CAPACITY);
        if (node instanceof Branch branch) {
            assertThat(branch.width()).isGreaterThanOrEqualTo(2);
            int rows = 0;
            for (int at = 0; at < branch.width(); at++) {
                rows += check(branch.child(at), height - 1);
            }
            return rows;
        }
        assertThat(height).isZero();
        return node.width();
    }

    private static Tree ascending(int rows) {
        var edit = new TreeEdit(Tree.EMPTY);
        for (int number = 0; number < rows; number++) {
            edit.put(key(number).shared(), VALUE.shared());
        }
        return edit.version();
    }

    private static int leaves(Node node) {
        if (!(node instanceof Branch branch)) {
            return 1;
        }
        int leaves = 0;
        for (int at = 0; at < branch.width(); at++) {
            leaves += leaves(branch.child(at));
        }
        return leaves;
    }

    @Test
    void everyVersionKeepsItsRowsForEver() {
        var random = Seed.random();
        var model = new TreeMap<Bytes, Bytes>();
        var versions = new HashMap<Tree, Map<Bytes, Bytes>>();
        var tree = Tree.EMPTY;

        for (int round = 0; round < 60; round++) {
            var edit = new TreeEdit(tree);
            change(edit, model, random);
            tree = edit.version();
            versions.put(tree, Map.copyOf(model));
        }

        versions.forEach((version, rows) -> {
            assertThat(rows(version)).isEqualTo(new TreeMap<>(rows));
            int height = version.height();
            assertThat(check(version.root(), height)).isEqualTo(rows.size());
        });
    }

    /// Grows and shrinks by turns, in random, ascending or descending order.
    private static void change(TreeEdit edit, NavigableMap<Bytes, Bytes> model, Random random) {
        boolean growing = random.nextBoolean();
        int order = random.nextInt(3) - 1;
        int start = random.nextInt(2_000);
        for (int step = 0; step < 300; step++) {
            var key = key(order == 0 ? random.nextInt(2_000) : start + order * step);
            if (growing || random.nextInt(4) == 0) {
                var value = key(random.nextInt());
                edit.put(key.shared(), value.shared());
                model.put(key, value);
            } else {
                edit.delete(key.shared());
                model.remove(key);
            }
        }
    }

    @Test
    void deletingEveryRowLeavesAnEmptyTree() {
        var edit = new TreeEdit(ascending(5_000));

        for (int number = 0; number < 5_000; number++) {
            edit.delete(key((number * 2_711) % 5_000).shared());
        }

        var tree = edit.version();
        assertThat(tree.root().width()).isZero();
        assertThat(tree.height()).isZero();
    }

    @Test
    void rowsInAscendingOrderFillTheirNodes() {
        var tree = ascending(32 * 100);

        assertThat(leaves(tree.root())).isEqualTo(100);
    }

    @Test
    void aBuiltTreeHoldsItsRowsWhateverTheirNumber() {
        for (int rows : List.of(0, 1, 31, 32, 33, 63, 64, 65, 32 * 32, 32 * 32 + 1, 32 * 33, 40_000)) {
            var builder = new TreeBuilder();
            var keys = new ArrayList<Bytes>();
            for (int number = 0; number < rows; number++) {
                keys.add(key(number));
                assertThat(builder.append(key(number).shared(), VALUE.shared())).isTrue();
            }

            var tree = builder.build();

            assertThat(rows(tree).keySet()).containsExactlyElementsOf(keys);
            assertThat(check(tree.root(), tree.height())).isEqualTo(rows);
        }
    }

    @Test
    void aBuilderTakesNoRowOutOfOrder() {
        var builder = new TreeBuilder();
        builder.append(key(2).shared(), VALUE.shared());

        assertThat(builder.append(key(2).shared(), VALUE.shared())).isFalse();
        assertThat(builder.append(key(1).shared(), VALUE.shared())).isFalse();
        assertThat(builder.rows()).isEqualTo(1);
    }
}
