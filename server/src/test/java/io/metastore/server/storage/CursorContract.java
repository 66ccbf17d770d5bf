package io.metastore.server.storage;

import static io.metastore.server.storage.RowsIn.bytes;
import static io.metastore.server.storage.RowsIn.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How cursors move, for any engine; on rows that a batch sees partly below it and partly in its own changes.
abstract class CursorContract extends EngineTests {
    private Batch batch;

    @BeforeEach
    void writeRows() {
        commit(Map.of("10", "a", "15", "deleted", "20", "old", "40", "d"));
        batch = storage.batch();
        batch.put(Column.CURRENT, bytes("20"), bytes("b"));
        batch.put(Column.CURRENT, bytes("30"), bytes("c"));
        batch.delete(Column.CURRENT, bytes("15"));
        batch.put(Column.CURRENT, bytes("50"), bytes("e"));
        batch.delete(Column.CURRENT, bytes("60"));
    }

    @AfterEach
    void closeBatch() {
        batch.close();
    }

    private Cursor forward(KeyRange range) {
        return batch.scan(Column.CURRENT, range);
    }

    private Cursor backward(KeyRange range) {
        return batch.scanBackwards(Column.CURRENT, range);
    }

    private static void assertOn(Cursor cursor, String key, String value) {
        assertThat(cursor.key()).isEqualTo(bytes(key));
        assertThat(cursor.value()).isEqualTo(bytes(value));
    }

    @Test
    void seekingForwardFindsTheFirstKeyAtOrAbove() {
        try (var cursor = forward(KeyRange.ALL)) {
            assertThat(cursor.seek(bytes("15"))).isTrue();
            assertOn(cursor, "20", "b");
            assertThat(cursor.seek(bytes("40"))).isTrue();
            assertOn(cursor, "40", "d");
            assertThat(cursor.next()).isTrue();
            assertOn(cursor, "50", "e");
            assertThat(cursor.seek(bytes("51"))).isFalse();
            assertThat(cursor.next()).isFalse();
            assertThat(cursor.seek(bytes("10"))).isFalse();
        }
    }

    @Test
    void seekingBackwardsFindsTheFirstKeyAtOrBelow() {
        try (var cursor = backward(KeyRange.ALL)) {
            assertThat(cursor.seek(bytes("45"))).isTrue();
            assertOn(cursor, "40", "d");
            assertThat(cursor.seek(bytes("20"))).isTrue();
            assertOn(cursor, "20", "b");
            assertThat(cursor.next()).isTrue();
            assertOn(cursor, "10", "a");
            assertThat(cursor.seek(bytes("09"))).isFalse();
            assertThat(cursor.seek(bytes("50"))).isFalse();
        }
    }

    @Test
    void seekingNeverTurnsBack() {
        try (var cursor = forward(KeyRange.ALL)) {
            cursor.seek(bytes("30"));

            assertThat(cursor.seek(bytes("10"))).isTrue();
            assertOn(cursor, "30", "c");
            assertThat(cursor.seek(bytes("30"))).isTrue();
            assertOn(cursor, "30", "c");
        }
        try (var cursor = backward(KeyRange.ALL)) {
            cursor.seek(bytes("30"));

            assertThat(cursor.seek(bytes("50"))).isTrue();
            assertOn(cursor, "30", "c");
        }
    }

    @Test
    void seekingStaysInTheRange() {
        try (var cursor = forward(range("20", "40"))) {
            assertThat(cursor.seek(Bytes.EMPTY)).isTrue();
            assertOn(cursor, "20", "b");
            assertThat(cursor.seek(bytes("40"))).isFalse();
        }
        try (var cursor = backward(range("20", "40"))) {
            assertThat(cursor.seek(bytes("99"))).isTrue();
            assertOn(cursor, "30", "c");
            assertThat(cursor.seek(bytes("19"))).isFalse();
        }
        try (var cursor = forward(range("40", "20"))) {
            assertThat(cursor.seek(bytes("20"))).isFalse();
        }
    }

    @Test
    void aFirstSeekOutsideTheRangeFindsNothingBehindIt() {
        try (var cursor = forward(range("20", "40"))) {
            assertThat(cursor.seek(bytes("41"))).isFalse();
        }
        try (var cursor = backward(range("20", "40"))) {
            assertThat(cursor.seek(bytes("15"))).isFalse();
        }
    }

    @Test
    void aCursorHasNoRowBeforeItsFirstMoveAndBehindItsEnd() {
        try (var cursor = forward(range("50", "60"))) {
            assertThatThrownBy(cursor::key).isInstanceOf(IllegalStateException.class);
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.next()).isFalse();
            assertThatThrownBy(cursor::value).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aCursorIsOfNoUseAfterItsClose() {
        var cursor = forward(KeyRange.ALL);
        cursor.next();
        cursor.close();
        cursor.close();

        assertThatThrownBy(cursor::next).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> cursor.seek(bytes("10"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(cursor::key).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aCursorOutlivesTheReaderItCameFrom() {
        Cursor cursor;
        try (var snapshot = storage.snapshot()) {
            cursor = snapshot.scan(Column.CURRENT, KeyRange.ALL);
        }

        assertThat(cursor.next()).isTrue();
        assertThat(cursor.key()).isEqualTo(bytes("10"));
        cursor.close();
    }
}
