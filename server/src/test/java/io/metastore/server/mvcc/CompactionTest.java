package io.metastore.server.mvcc;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.LeaseId;
import io.metastore.server.request.Outcome.Accepted;
import io.metastore.server.request.Outcome.Refused;
import io.metastore.server.request.Reason;
import io.metastore.server.storage.Column;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CompactionTest {
    private final StoreFixture fixture = StoreFixture.inMemory();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aRevisionIsCompactedOnceAndNoFutureOne() {
        fixture.put("a", "1");
        fixture.put("a", "2");

        assertThat(fixture.compact(4)).isEqualTo(new Refused(Reason.FUTURE_REVISION));
        assertThat(fixture.compact(0)).isEqualTo(new Accepted(3));
        assertThat(fixture.compact(0)).isEqualTo(new Refused(Reason.COMPACTED));
        assertThat(fixture.compact(2)).isEqualTo(new Accepted(3));
        assertThat(fixture.compact(1)).isEqualTo(new Refused(Reason.COMPACTED));
        assertThat(fixture.store.compactedRevision()).isEqualTo(2);
    }

    @Test
    void aCompactionInABatchIsSeenByWhatFollowsInIt() {
        fixture.put("a", "1");

        fixture.write(writer -> {
            writer.compact(2);
            assertThat(writer.compact(2)).isEqualTo(new Refused(Reason.COMPACTED));
            assertThat(fixture.store.compactedRevision()).isEqualTo(-1);
            return writer;
        });

        assertThat(fixture.store.compactedRevision()).isEqualTo(2);
    }

    @Test
    void theNewestChangesAtTheRevisionStayAndTombstonesOnlyIfTheyAreAtIt() {
        fixture.put("a", "1");
        fixture.put("a", "2");
        fixture.put("b", "1");
        fixture.delete("b");
        fixture.put("c", "1");
        fixture.delete("c");
        fixture.put("a", "3");

        fixture.compact(7);
        fixture.sweep();

        assertThat(fixture.changesFrom(0))
                .containsExactly("3.0 PUT a=2 2/3/2", "7.0 DELETE c= 0/7/0", "8.0 PUT a=3 2/8/3");
        assertThat(fixture.keysAt(7)).containsExactly("a=2 2/3/2");
    }

    @Test
    void theTombstoneAtTheRevisionGoesWithTheNextCompaction() {
        fixture.put("a", "1");
        fixture.delete("a");
        fixture.put("b", "1");
        fixture.compact(3);
        fixture.sweep();

        fixture.compact(4);
        fixture.sweep();

        assertThat(fixture.changesFrom(0)).containsExactly("4.0 PUT b=1 4/4/1");
    }

    @Test
    void aStepLooksAtNoMoreThanAThousandChanges() {
        for (int i = 0; i < 10; i++) {
            fixture.txn(txn -> {
                for (int key = 0; key < 250; key++) {
                    txn.put(Bytes.utf8("key-" + key), Bytes.utf8("1"), LeaseId.NONE);
                }
            });
        }
        fixture.compact(11);
        fixture.store.compaction().step();
        int most = 0;
        int steps = 0;

        long kept = rows(Column.EVENTS);
        while (fixture.store.compaction().step()) {
            steps++;
            long left = rows(Column.EVENTS);
            most = Math.max(most, (int) (kept - left));
            kept = left;
        }

        assertThat(kept).isEqualTo(250);
        assertThat(rows(Column.HISTORY)).isEqualTo(250);
        assertThat(most).isBetween(1, 1000);
        assertThat(steps).isGreaterThanOrEqualTo(3);
    }

    @Test
    void aReopenedStoreGoesOnWithTheCompactionAndLeavesTheSameHash() {
        scenario(fixture);
        fixture.compact(9);
        fixture.sweep();
        var undisturbed = fixture.store.hashKv(9);

        try (var other = StoreFixture.inMemory()) {
            scenario(other);
            other.compact(9);
            int steps = 0;
            do {
                other.store = MvccStore.open(other.storage, 1);
                other.store.compaction().step();
                steps++;
            } while (other.store.compaction().finishedRevision() < 9);

            assertThat(steps).isGreaterThan(9);
            assertThat(other.store.hashKv(9)).isEqualTo(undisturbed);
            assertThat(other.store.compaction().finishedRevision()).isEqualTo(9);
            assertThat(other.store.hash()).isEqualTo(fixture.store.hash());
            assertThat(other.store.logicalBytes()).isEqualTo(fixture.store.logicalBytes());
        }
    }

    @Test
    void theHashACompactionLeavesIsForgottenWithTheProcess() {
        scenario(fixture);
        fixture.compact(9);
        fixture.sweep();
        var left = fixture.store.hashKv(9);

        fixture.store = MvccStore.open(fixture.storage);

        assertThat(left)
                .isInstanceOfSatisfying(
                        HashResult.Hash.class,
                        hash -> assertThat(hash.compactRevision()).isEqualTo(-1));
        assertThat(fixture.store.hashKv(9))
                .isInstanceOfSatisfying(
                        HashResult.Hash.class,
                        hash -> assertThat(hash.compactRevision()).isEqualTo(9));
    }

    @Test
    void onlyTheLastTenCompactionsLeaveAHash() {
        for (int i = 0; i < 12; i++) {
            fixture.put("a", "value " + i);
            fixture.compact(i + 2);
            fixture.sweep();
        }

        assertThat(fixture.store.hashKv(3)).isEqualTo(new HashResult.Refused(Reason.COMPACTED));
        assertThat(fixture.store.hashKv(4))
                .isInstanceOfSatisfying(
                        HashResult.Hash.class,
                        hash -> assertThat(hash.compactRevision()).isEqualTo(3));
    }

    @Test
    void compactionsAreDoneOneAfterTheOtherAndEachLeavesItsHash() {
        scenario(fixture);
        fixture.compact(5);
        fixture.sweep();
        fixture.compact(8);
        fixture.sweep();

        try (var late = StoreFixture.inMemory()) {
            scenario(late);
            late.compact(5);
            late.compact(8);
            assertThat(late.store.compaction().finishedRevision()).isEqualTo(-1);

            assertThat(late.store.hashKv(8)).isEqualTo(fixture.store.hashKv(8));
            assertThat(late.store.hashKv(5)).isEqualTo(fixture.store.hashKv(5));
            assertThat(late.store.compaction().finishedRevision()).isEqualTo(8);
        }
    }

    @Test
    void theHashOfEverythingDoesNotDependOnHowFarACompactionIs() {
        scenario(fixture);
        fixture.compact(8);
        fixture.sweep();

        try (var late = StoreFixture.inMemory()) {
            scenario(late);
            late.compact(8);
            late.store.compaction().step();

            assertThat(late.store.hash()).isEqualTo(fixture.store.hash());
        }
    }

    @Test
    void theHashOfEverythingTellsStoresApart() {
        scenario(fixture);
        try (var other = StoreFixture.inMemory()) {
            scenario(other);
            assertThat(other.store.hash()).isEqualTo(fixture.store.hash());
            other.put("a", "different");
            fixture.put("a", "Different");

            assertThat(other.store.hash()).isNotEqualTo(fixture.store.hash());
        }
    }

    @Test
    void theLogicalSizeCountsKeysValuesAndAFixedAmountForEachChange() {
        fixture.put("key", "value");
        assertThat(fixture.store.logicalBytes()).isEqualTo(64 + 3 + 5);

        fixture.delete("key");
        assertThat(fixture.store.logicalBytes()).isEqualTo(64 + 3 + 5 + 64 + 3);
    }

    @Test
    void theLogicalSizeIsBackAtNothingWhenAllIsDeletedAndCompacted() {
        scenario(fixture);
        long before = fixture.store.logicalBytes();
        fixture.txn(txn -> txn.delete(KeyRange.ALL));
        long deleted = fixture.store.revision();
        long last = fixture.put("one", "more");

        fixture.compact(deleted);
        assertThat(fixture.store.logicalBytes()).isGreaterThan(before);
        fixture.sweep();
        fixture.compact(last);
        fixture.sweep();

        assertThat(fixture.store.logicalBytes()).isEqualTo(64 + "one".length() + "more".length());
        fixture.reopen();
        assertThat(fixture.store.logicalBytes()).isEqualTo(64 + "one".length() + "more".length());
    }

    private long rows(Column column) {
        long count = 0;
        try (var snapshot = fixture.storage.snapshot();
                var rows = snapshot.scan(column, KeyRange.ALL)) {
            while (rows.next()) {
                count++;
            }
        }
        return count;
    }

    /// Up to revision 10.
    private static void scenario(StoreFixture fixture) {
        fixture.put("a", "1");
        fixture.put("b", "1");
        fixture.put("a", "2");
        fixture.delete("b");
        fixture.put("c", "1");
        fixture.put("b", "2");
        fixture.put("a", "3");
        fixture.delete("c");
        fixture.put("d", "1");
    }
}
