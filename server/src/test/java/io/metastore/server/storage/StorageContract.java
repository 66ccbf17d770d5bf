package io.metastore.server.storage;

import static io.metastore.server.storage.RowsIn.bytes;
import static io.metastore.server.storage.RowsIn.keys;
import static io.metastore.server.storage.RowsIn.keysBackwards;
import static io.metastore.server.storage.RowsIn.keysOnce;
import static io.metastore.server.storage.RowsIn.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What `Reader`, `Batch`, `Cursor` and `Snapshot` promise, for any engine.
abstract class StorageContract extends EngineTests {
    @Test
    void aRowComesBackAsItWasWritten() {
        var value = Bytes.wrap(new byte[] {0, -1, 127, -128});

        try (var batch = storage.batch()) {
            batch.put(Column.META, Bytes.wrap(new byte[] {-1, 0}), value);
            batch.put(Column.META, bytes("empty"), Bytes.EMPTY);
            batch.put(Column.META, Bytes.EMPTY, bytes("empty key"));
            batch.commit();
        }

        try (var snapshot = storage.snapshot()) {
            assertThat(snapshot.get(Column.META, Bytes.wrap(new byte[] {-1, 0})))
                    .contains(value);
            assertThat(snapshot.get(Column.META, bytes("empty"))).contains(Bytes.EMPTY);
            assertThat(snapshot.get(Column.META, Bytes.EMPTY)).contains(bytes("empty key"));
            assertThat(snapshot.get(Column.META, bytes("absent"))).isEmpty();
        }
    }

    @Test
    void columnsAreApart() {
        try (var batch = storage.batch()) {
            for (var column : Column.values()) {
                batch.put(column, bytes("key"), bytes(column.name()));
            }
            batch.delete(Column.LEASES, bytes("key"));
            batch.commit();
        }

        try (var snapshot = storage.snapshot()) {
            for (var column : Column.values()) {
                var value = snapshot.get(column, bytes("key")).map(Bytes::utf8);
                if (column == Column.LEASES) {
                    assertThat(value).isEmpty();
                } else {
                    assertThat(value).contains(column.name());
                }
            }
        }
    }

    @Test
    void aLargeRowIsKept() {
        var value = Bytes.wrap(new byte[3_000_000]);
        var key = Bytes.wrap(new byte[70_000]);

        try (var batch = storage.batch()) {
            batch.put(Column.CURRENT, key, value);
            batch.commit();
        }

        try (var snapshot = storage.snapshot()) {
            assertThat(snapshot.get(Column.CURRENT, key)).contains(value);
        }
    }

    @Test
    void keysAreOrderedAsUnsignedBytes() {
        var low = Bytes.wrap(new byte[] {0x7f});
        var high = Bytes.wrap(new byte[] {-128});

        try (var batch = storage.batch()) {
            batch.put(Column.CURRENT, high, bytes("1"));
            batch.put(Column.CURRENT, low, bytes("2"));
            batch.commit();
        }

        try (var snapshot = storage.snapshot();
                var cursor = snapshot.scan(Column.CURRENT, KeyRange.ALL)) {
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.key()).isEqualTo(low);
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.key()).isEqualTo(high);
            assertThat(cursor.next()).isFalse();
        }
    }

    @Test
    void aScanGivesTheRowsFromItsStartToBeforeItsEnd() {
        commit(Map.of("a", "1", "b", "2", "c", "3", "d", "4"));

        try (var snapshot = storage.snapshot()) {
            assertThat(keys(snapshot, range("b", "d"))).containsExactly("b", "c");
            assertThat(keys(snapshot, range("aa", "cc"))).containsExactly("b", "c");
            assertThat(keys(snapshot, KeyRange.ALL)).containsExactly("a", "b", "c", "d");
            assertThat(keys(snapshot, KeyRange.from(bytes("c")))).containsExactly("c", "d");
            assertThat(keys(snapshot, KeyRange.single(bytes("b")))).containsExactly("b");
            assertThat(keys(snapshot, range("e", "f"))).isEmpty();
            assertThat(keys(snapshot, range("c", "b"))).isEmpty();
            assertThat(keys(snapshot, range("b", "b"))).isEmpty();
        }
    }

    @Test
    void aScanOnceGivesTheSameRows() {
        commit(Map.of("a", "1", "b", "2", "c", "3", "d", "4"));

        try (var snapshot = storage.snapshot()) {
            commit(Map.of("bb", "5"));
            assertThat(keysOnce(snapshot, range("b", "d"))).containsExactly("b", "c");
            assertThat(keysOnce(snapshot, KeyRange.ALL)).containsExactly("a", "b", "c", "d");
            assertThat(keysOnce(snapshot, range("c", "b"))).isEmpty();
        }
    }

    @Test
    void aScanBackwardsGivesTheSameRowsInReverse() {
        commit(Map.of("a", "1", "b", "2", "c", "3", "d", "4"));

        try (var snapshot = storage.snapshot()) {
            assertThat(keysBackwards(snapshot, range("b", "d"))).containsExactly("c", "b");
            assertThat(keysBackwards(snapshot, range("aa", "cc"))).containsExactly("c", "b");
            assertThat(keysBackwards(snapshot, KeyRange.ALL)).containsExactly("d", "c", "b", "a");
            assertThat(keysBackwards(snapshot, KeyRange.from(bytes("c")))).containsExactly("d", "c");
            assertThat(keysBackwards(snapshot, range("e", "f"))).isEmpty();
            assertThat(keysBackwards(snapshot, range("c", "b"))).isEmpty();
        }
    }

    @Test
    void aScanOfAnEmptyColumnEndsAtOnce() {
        try (var snapshot = storage.snapshot();
                var forward = snapshot.scan(Column.EVENTS, KeyRange.ALL);
                var backward = snapshot.scanBackwards(Column.EVENTS, KeyRange.ALL)) {
            assertThat(forward.next()).isFalse();
            assertThat(forward.next()).isFalse();
            assertThat(backward.seek(bytes("a"))).isFalse();
            assertThat(backward.next()).isFalse();
        }
    }

    @Test
    void aSnapshotDoesNotSeeLaterCommits() {
        commit(Map.of("a", "1", "b", "1"));

        try (var before = storage.snapshot()) {
            commit(Map.of("a", "2", "c", "2"));
            delete("b");

            assertThat(RowsIn.rows(before)).isEqualTo(Map.of("a", "1", "b", "1"));
            try (var after = storage.snapshot()) {
                assertThat(RowsIn.rows(after)).isEqualTo(Map.of("a", "2", "c", "2"));
            }
            assertThat(before.get(Column.CURRENT, bytes("b"))).contains(bytes("1"));
        }
    }

    @Test
    void anOpenCursorDoesNotSeeLaterCommits() {
        commit(Map.of("a", "1", "b", "1"));

        try (var snapshot = storage.snapshot();
                var cursor = snapshot.scan(Column.CURRENT, KeyRange.ALL)) {
            assertThat(cursor.next()).isTrue();
            delete("b");
            commit(Map.of("bb", "2"));

            assertThat(cursor.next()).isTrue();
            assertThat(cursor.key()).isEqualTo(bytes("b"));
            assertThat(cursor.next()).isFalse();
        }
    }

    @Test
    void aBatchIsSeenByNobodyElseUntilItIsCommitted() {
        try (var batch = storage.batch()) {
            batch.put(Column.CURRENT, bytes("a"), bytes("1"));
            batch.put(Column.META, bytes("a"), bytes("1"));
            try (var other = storage.snapshot();
                    var second = storage.batch()) {
                assertThat(other.get(Column.CURRENT, bytes("a"))).isEmpty();
                assertThat(second.get(Column.META, bytes("a"))).isEmpty();
            }

            batch.commit();

            try (var snapshot = storage.snapshot()) {
                assertThat(snapshot.get(Column.CURRENT, bytes("a"))).contains(bytes("1"));
                assertThat(snapshot.get(Column.META, bytes("a"))).contains(bytes("1"));
            }
        }
    }

    @Test
    void aBatchThatIsClosedWithoutACommitLeavesNothing() {
        try (var batch = storage.batch()) {
            batch.put(Column.CURRENT, bytes("a"), bytes("1"));
        }

        try (var snapshot = storage.snapshot()) {
            assertThat(snapshot.get(Column.CURRENT, bytes("a"))).isEmpty();
        }
    }

    @Test
    void aBatchReadsItsOwnChanges() {
        commit(Map.of("a", "1", "b", "1", "c", "1"));

        try (var batch = storage.batch()) {
            batch.put(Column.CURRENT, bytes("b"), bytes("2"));
            batch.delete(Column.CURRENT, bytes("a"));
            batch.put(Column.CURRENT, bytes("d"), bytes("2"));
            batch.delete(Column.CURRENT, bytes("absent"));

            assertThat(batch.get(Column.CURRENT, bytes("a"))).isEmpty();
            assertThat(batch.get(Column.CURRENT, bytes("b"))).contains(bytes("2"));
            assertThat(batch.get(Column.CURRENT, bytes("c"))).contains(bytes("1"));
            assertThat(RowsIn.rows(batch)).isEqualTo(Map.of("b", "2", "c", "1", "d", "2"));
            assertThat(keys(batch, range("a", "d"))).containsExactly("b", "c");
            assertThat(keysBackwards(batch, KeyRange.ALL)).containsExactly("d", "c", "b");
            assertThat(keysBackwards(batch, range("a", "d"))).containsExactly("c", "b");
        }
    }

    @Test
    void theLastChangeOfARowInABatchCounts() {
        try (var batch = storage.batch()) {
            batch.put(Column.CURRENT, bytes("a"), bytes("1"));
            batch.delete(Column.CURRENT, bytes("a"));
            batch.delete(Column.CURRENT, bytes("b"));
            batch.put(Column.CURRENT, bytes("b"), Bytes.EMPTY);
            assertThat(keys(batch, KeyRange.ALL)).containsExactly("b");
            batch.commit();
        }

        try (var snapshot = storage.snapshot()) {
            assertThat(RowsIn.rows(snapshot)).isEqualTo(Map.of("b", ""));
        }
    }

    @Test
    void aCursorOfABatchShowsTheChangesMadeBeforeItWasOpened() {
        commit(Map.of("a", "1", "c", "1"));

        try (var batch = storage.batch()) {
            batch.put(Column.CURRENT, bytes("b"), bytes("1"));
            try (var cursor = batch.scan(Column.CURRENT, KeyRange.ALL)) {
                assertThat(cursor.next()).isTrue();
                batch.delete(Column.CURRENT, bytes("b"));
                batch.delete(Column.CURRENT, bytes("c"));
                batch.put(Column.CURRENT, bytes("d"), bytes("1"));

                assertThat(cursor.next()).isTrue();
                assertThat(cursor.key()).isEqualTo(bytes("b"));
                assertThat(cursor.next()).isTrue();
                assertThat(cursor.key()).isEqualTo(bytes("c"));
                assertThat(cursor.next()).isFalse();
            }
            assertThat(keys(batch, KeyRange.ALL)).containsExactly("a", "d");
        }
    }

    @Test
    void batchesOfDifferentRowsMayOverlapInTime() {
        commit(Map.of("a", "1", "b", "1"));

        try (var first = storage.batch();
                var second = storage.batch()) {
            first.put(Column.CURRENT, bytes("a"), bytes("2"));
            second.delete(Column.CURRENT, bytes("b"));
            second.put(Column.CURRENT, bytes("c"), bytes("2"));
            first.commit();
            second.commit();
        }

        try (var snapshot = storage.snapshot()) {
            assertThat(RowsIn.rows(snapshot)).isEqualTo(Map.of("a", "2", "c", "2"));
        }
    }

    @Test
    void anEmptyBatchCanBeCommitted() {
        try (var batch = storage.batch()) {
            batch.commit();
        }

        try (var snapshot = storage.snapshot()) {
            assertThat(keys(snapshot, KeyRange.ALL)).isEmpty();
        }
    }

    @Test
    void aBatchIsOfNoUseAfterItsCommitOrClose() {
        var batch = storage.batch();
        batch.commit();

        assertThatThrownBy(batch::commit).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> batch.put(Column.META, bytes("a"), bytes("1")))
                .isInstanceOf(IllegalStateException.class);
        batch.close();
        batch.close();
        assertThatThrownBy(() -> batch.get(Column.META, bytes("a"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aSnapshotIsOfNoUseAfterItsClose() {
        var snapshot = storage.snapshot();
        snapshot.close();
        snapshot.close();

        assertThatThrownBy(() -> snapshot.get(Column.META, bytes("a"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> keys(snapshot, KeyRange.ALL)).isInstanceOf(IllegalStateException.class);
    }
}
