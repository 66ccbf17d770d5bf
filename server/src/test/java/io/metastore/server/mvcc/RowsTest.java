package io.metastore.server.mvcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.KeyValue;
import io.metastore.server.model.LeaseId;
import io.metastore.server.model.Revision;
import io.metastore.server.storage.StorageException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowsTest {
    private static final Bytes A = Bytes.utf8("a");
    private static final KeyValue FULL = new KeyValue(A, Bytes.utf8("xy"), 300, 302, 2, LeaseId.of(Long.MIN_VALUE));
    private static final KeyValue PLAIN = new KeyValue(A, Bytes.EMPTY, 300, 302, 2, LeaseId.NONE);

    @Test
    void anEventRowIsThatOfEtcd() {
        assertThat(EventRow.key(new Revision(2, 0), false)).hasToString("00000000000000025f0000000000000000");
        assertThat(EventRow.key(new Revision(3, 1), true)).hasToString("00000000000000035f000000000000000174");
        assertThat(EventRow.put(new KeyValue(A, Bytes.utf8("1"), 2, 2, 1, LeaseId.NONE)))
                .hasToString("0a016110021802" + "20012a0131");
        assertThat(EventRow.put(new KeyValue(A, Bytes.EMPTY, 300, 301, 2, LeaseId.of(-1))))
                .hasToString("0a016110ac0218ad02200230ffffffffffffffffff01");
        assertThat(EventRow.tombstone(A)).hasToString("0a0161");
    }

    @Test
    void anEventRowIsReadBack() {
        var key = EventRow.key(new Revision(302, 5), false);

        assertThat(EventRow.revision(key)).isEqualTo(new Revision(302, 5));
        assertThat(EventRow.keyOf(EventRow.put(FULL))).isEqualTo(A);
        assertThat(EventRow.event(key, EventRow.put(FULL)).keyValue()).isEqualTo(FULL);
        assertThat(EventRow.event(EventRow.key(new Revision(7, 0), true), EventRow.tombstone(A))
                        .keyValue())
                .isEqualTo(KeyValue.tombstone(A, 7));
    }

    @Test
    void theRowOfANewestVersionIsReadBack() {
        assertThat(CurrentRow.value(new KeyValue(A, Bytes.utf8("xy"), 300, 302, 2, LeaseId.NONE)))
                .hasToString("ac0202" + "02" + "00" + "7879");
        assertThat(CurrentRow.keyValue(A, CurrentRow.value(FULL))).isEqualTo(FULL);
        assertThat(CurrentRow.numbers(A, CurrentRow.value(FULL))).isEqualTo(PLAIN);
    }

    @Test
    void aHistoryRowIsReadBack() {
        for (var key : List.of("", "00", "0000", "0001", "61", "6100", "610001", "ff", "00ff00")) {
            var bytes = Bytes.wrap(HexFormat.of().parseHex(key));
            var version = new KeyValue(bytes, Bytes.utf8("xy"), 300, 302, 2, LeaseId.NONE);
            var put = HistoryRow.put(version, new Revision(302, 3));
            var tombstone = HistoryRow.tombstone(bytes, new Revision(Long.MAX_VALUE, 0));

            assertThat(HistoryRow.decode(put.rowKey(), put.rowValue())).isEqualTo(put);
            assertThat(HistoryRow.decode(tombstone.rowKey(), tombstone.rowValue()))
                    .isEqualTo(tombstone);
            assertThat(put.valueBytes()).isEqualTo(2);
        }
    }

    @Test
    void historyRowsSortByKeyAndThenFromTheNewest() {
        var random = Seed.random();
        for (int i = 0; i < 20_000; i++) {
            var left = row(random);
            var right = row(random);

            int expected = left.key().equals(right.key())
                    ? right.revision().compareTo(left.revision())
                    : left.key().compareTo(right.key());
            assertThat(Integer.signum(left.rowKey().compareTo(right.rowKey()))).isEqualTo(Integer.signum(expected));
        }
    }

    @Test
    void theHistoryRowsOfARangeAreThoseOfItsKeys() {
        var random = Seed.random();
        for (int i = 0; i < 20_000; i++) {
            var row = row(random);
            var keys = new KeyRange(key(random), key(random));

            assertThat(HistoryRow.range(keys).contains(row.rowKey())).isEqualTo(keys.contains(row.key()));
            assertThat(HistoryRow.end(keys.from()).compareTo(row.rowKey()) > 0)
                    .isEqualTo(row.key().compareTo(keys.from()) <= 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0a", "0a0561", "0aff", "0a016110", "0a016148", "10ffffffffffffffffffff01"})
    void aDamagedRowIsAnErrorOfTheStorage(String row) {
        var bytes = Bytes.wrap(HexFormat.of().parseHex(row));

        assertThatThrownBy(() -> EventRow.keyValue(bytes)).isInstanceOf(StorageException.class);
    }

    @Test
    void checksumsOfPiecesMakeTheChecksumOfTheWhole() {
        var random = Seed.random();
        for (int i = 0; i < 200; i++) {
            var whole = new byte[random.nextInt(5000)];
            random.nextBytes(whole);
            int cut = whole.length == 0 ? 0 : random.nextInt(whole.length);
            var head = Checksum.of(Bytes.wrap(Arrays.copyOfRange(whole, 0, cut)));
            var tail = Checksum.of(Bytes.wrap(Arrays.copyOfRange(whole, cut, whole.length)));

            assertThat(head.then(tail)).isEqualTo(Checksum.of(Bytes.wrap(whole)));
            assertThat(Checksum.EMPTY.then(head).then(Checksum.EMPTY)).isEqualTo(head);
        }
    }

    @Test
    void theChecksumIsCrc32Castagnoli() {
        assertThat(Checksum.of(Bytes.utf8("123456789"))).isEqualTo(new Checksum(0xe3069283, 9));
    }

    private static HistoryRow row(Random random) {
        return HistoryRow.tombstone(key(random), new Revision(random.nextInt(4), random.nextInt(3)));
    }

    /// Short keys of few different bytes, so that many share a beginning.
    private static Bytes key(Random random) {
        var key = new byte[random.nextInt(5)];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (random.nextInt(4) - 1);
        }
        return Bytes.wrap(key);
    }
}
