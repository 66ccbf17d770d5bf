package io.metastore.server.mvcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.KeyValue;
import io.metastore.server.model.LeaseId;
import io.metastore.server.model.Revision;
import io.metastore.server.seed.Seed;
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
    private static final KeyNumbers BEFORE = new KeyNumbers(300, 301, 3, 1, LeaseId.of(5), 200);

    @Test
    void anEventRowIsThatOfEtcd() {
        assertThat(EventRow.key(new Revision(2, 0), false)).hasToString("00000000000000025f0000000000000000");
        assertThat(EventRow.key(new Revision(3, 1), true)).hasToString("00000000000000035f000000000000000174");
        assertThat(EventRow.put(new KeyValue(A, Bytes.utf8("1"), 2, 2, 1, LeaseId.NONE), KeyNumbers.ABSENT))
                .hasToString("00" + "0a016110021802" + "20012a0131");
        assertThat(EventRow.put(new KeyValue(A, Bytes.EMPTY, 300, 301, 2, LeaseId.of(-1)), numbers(300, 0, 0)))
                .hasToString("020000" + "0a016110ac0218ad02200230ffffffffffffffffff01");
        assertThat(EventRow.tombstone(A, 301, numbers(301, 7, 128))).hasToString("01078001" + "0a0161");
    }

    @Test
    void aSumIsOverTheBytesOfEtcdOnly() {
        var key = EventRow.key(new Revision(301, 8), true);
        var sum = new Checksum.Sum();

        EventRow.addTo(sum, key, EventRow.tombstone(A, 301, numbers(301, 7, 128)));

        assertThat(sum.checksum())
                .isEqualTo(Checksum.of(key)
                        .then(Checksum.of(Bytes.wrap(HexFormat.of().parseHex("0a0161")))));
    }

    @Test
    void aChangeNamesThePutItSupersedes() {
        var random = Seed.random();
        for (int i = 0; i < 10_000; i++) {
            long main = 2 + (random.nextLong() >>> (1 + random.nextInt(62)));
            var before = numbers(random.nextLong(main + 1), random.nextInt(300), random.nextInt(1 << 30));
            var expected = new Superseded(before.revision(), before.valueBytes());
            var version = new KeyValue(A, Bytes.EMPTY, 1, main, 2, LeaseId.NONE);

            assertThat(Superseded.read(main, EventRow.tombstone(A, main, before)))
                    .contains(expected);
            assertThat(Superseded.read(main, EventRow.put(version, before))).contains(expected);
            assertThat(Superseded.read(main, EventRow.put(version, KeyNumbers.ABSENT)))
                    .isEmpty();
        }
    }

    @Test
    void theEmptyKeyHasATombstoneToo() {
        var row = EventRow.tombstone(Bytes.EMPTY, 301, BEFORE);

        assertThat(EventRow.keyOf(row)).isEqualTo(Bytes.EMPTY);
        assertThat(Superseded.read(301, row)).contains(new Superseded(new Revision(301, 3), 200));
    }

    @Test
    void anEventRowIsReadBack() {
        var key = EventRow.key(new Revision(302, 5), false);

        assertThat(EventRow.revision(key)).isEqualTo(new Revision(302, 5));
        assertThat(EventRow.keyOf(EventRow.put(FULL, BEFORE))).isEqualTo(A);
        assertThat(EventRow.event(key, EventRow.put(FULL, BEFORE)).keyValue()).isEqualTo(FULL);
        assertThat(EventRow.event(EventRow.key(new Revision(7, 0), true), EventRow.tombstone(A, 7, numbers(6, 0, 3)))
                        .keyValue())
                .isEqualTo(KeyValue.tombstone(A, 7));
    }

    @Test
    void theRowOfANewestVersionIsReadBack() {
        var plain = new KeyValue(A, Bytes.utf8("xy"), 300, 302, 2, LeaseId.NONE);
        assertThat(new CurrentRow(plain, 0).rowValue()).hasToString("ac0202" + "00" + "02" + "00" + "7879");
        var row = new CurrentRow(FULL, 400);
        assertThat(CurrentRow.decode(A, row.rowValue())).isEqualTo(row);
        assertThat(CurrentRow.numbers(row.rowValue()))
                .isEqualTo(row.numbers())
                .isEqualTo(new KeyNumbers(300, 302, 400, 2, LeaseId.of(Long.MIN_VALUE), 2));
        assertThat(row.numbers().bare(A)).isEqualTo(PLAIN);
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
    @ValueSource(
            strings = {
                "",
                "02",
                "0200",
                "000a",
                "000a0561",
                "000aff",
                "000a016110",
                "000a016148",
                "0010ffffffffffffffffffff01"
            })
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

    private static KeyNumbers numbers(long main, long sub, long valueBytes) {
        return new KeyNumbers(1, main, sub, 1, LeaseId.NONE, valueBytes);
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
