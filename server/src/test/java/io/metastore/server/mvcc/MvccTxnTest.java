package io.metastore.server.mvcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.Event;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.KeyValue;
import io.metastore.server.model.LeaseId;
import io.metastore.server.request.Outcome.RangeDone;
import io.metastore.server.request.Outcome.Refused;
import io.metastore.server.request.Range;
import io.metastore.server.request.Reason;
import io.metastore.server.storage.Column;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MvccTxnTest {
    private static final Bytes A = Bytes.utf8("a");
    private static final Bytes B = Bytes.utf8("b");
    private static final Bytes ONE = Bytes.utf8("1");
    private static final Bytes TWO = Bytes.utf8("2");

    private final StoreFixture fixture = StoreFixture.inMemory();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aFreshStoreIsAtRevisionOneAndNeverCompacted() {
        assertThat(fixture.store.revision()).isEqualTo(1);
        assertThat(fixture.store.compactedRevision()).isEqualTo(-1);
        assertThat(fixture.store.logicalBytes()).isZero();
        assertThat(fixture.keysAt(0)).isEmpty();
    }

    @Test
    void theFirstPutCreatesRevisionTwo() {
        long revision = fixture.put("a", "1");

        assertThat(revision).isEqualTo(2);
        assertThat(fixture.keysAt(0)).containsExactly("a=1 2/2/1");
    }

    @Test
    void aSecondPutKeepsTheCreateRevisionAndCountsTheVersion() {
        fixture.put("a", "1");

        fixture.put("a", "2");

        assertThat(fixture.keysAt(0)).containsExactly("a=2 2/3/2");
    }

    @Test
    void aKeyThatWasDeletedBeginsAnew() {
        fixture.put("a", "1");
        fixture.put("a", "2");
        fixture.delete("a");

        fixture.put("a", "3");

        assertThat(fixture.keysAt(0)).containsExactly("a=3 5/5/1");
    }

    @Test
    void allChangesOfATransactionHaveOneRevisionAndNumbersFromZero() {
        fixture.put("a", "1");

        fixture.txn(txn -> {
            txn.put(B, TWO, LeaseId.of(7));
            txn.delete(KeyRange.single(A));
            txn.put(A, TWO, LeaseId.NONE);
        });

        assertThat(fixture.store.revision()).isEqualTo(3);
        assertThat(fixture.changesFrom(3))
                .containsExactly("3.0 PUT b=2 3/3/1", "3.1 DELETE a= 0/3/0", "3.2 PUT a=2 3/3/1");
    }

    @Test
    void aTransactionThatChangesNothingLeavesTheRevision() {
        fixture.put("a", "1");

        long revision =
                fixture.txn(txn -> assertThat(txn.delete(KeyRange.single(B))).isEmpty());

        assertThat(revision).isEqualTo(2);
        assertThat(fixture.store.revision()).isEqualTo(2);
        assertThat(fixture.commits).hasSize(1);
    }

    @Test
    void aPutReturnsTheVersionBefore() {
        fixture.put("a", "1");

        fixture.txn(txn -> {
            assertThat(txn.exchange(B, ONE, LeaseId.NONE)).isEmpty();
            assertThat(txn.exchange(A, TWO, LeaseId.of(7))).contains(new KeyValue(A, ONE, 2, 2, 1, LeaseId.NONE));
            assertThat(txn.get(A)).contains(new KeyValue(A, TWO, 2, 3, 2, LeaseId.of(7)));
        });
    }

    @Test
    void aDeleteReturnsTheVersionsBeforeInTheOrderOfTheKeys() {
        fixture.put("b", "2");
        fixture.put("a", "1");
        fixture.put("c", "3");

        fixture.txn(txn -> assertThat(txn.delete(new KeyRange(A, Bytes.utf8("c"))))
                .extracting(StoreFixture::text)
                .containsExactly("a=1 3/3/1", "b=2 2/2/1"));

        assertThat(fixture.keysAt(0)).containsExactly("c=3 4/4/1");
    }

    @Test
    void readsSeeTheWritesOfTheTransaction() {
        fixture.put("a", "1");

        fixture.txn(txn -> {
            assertThat(txn.revision()).isEqualTo(2);
            txn.put(B, TWO, LeaseId.NONE);
            assertThat(txn.revision()).isEqualTo(3);
            var seen = (RangeDone) txn.range(Range.of(KeyRange.ALL));
            assertThat(seen.revision()).isEqualTo(3);
            assertThat(seen.keyValues()).extracting(StoreFixture::text).containsExactly("a=1 2/2/1", "b=2 3/3/1");
            txn.delete(KeyRange.single(A));
            assertThat(((RangeDone) txn.range(Range.of(KeyRange.ALL))).count()).isEqualTo(1);
        });
    }

    @Test
    void theTransactionsOwnRevisionIsInTheFutureAndTheOneBeforeHidesItsWrites() {
        fixture.put("a", "1");

        fixture.txn(txn -> {
            txn.put(B, TWO, LeaseId.NONE);
            assertThat(txn.range(at(3))).isEqualTo(new Refused(Reason.FUTURE_REVISION));
            var before = (RangeDone) txn.range(at(2));
            assertThat(before.keyValues()).extracting(StoreFixture::text).containsExactly("a=1 2/2/1");
            assertThat(before.revision()).isEqualTo(3);
        });
    }

    @Test
    void transactionsOfOneBatchSeeEachOther() {
        fixture.write(writer -> {
            var first = writer.begin();
            first.put(A, ONE, LeaseId.NONE);
            assertThat(first.finish()).isEqualTo(2);
            var second = writer.begin();
            assertThat(second.revision()).isEqualTo(2);
            second.put(A, TWO, LeaseId.NONE);
            assertThat(second.finish()).isEqualTo(3);
            return writer;
        });

        assertThat(fixture.keysAt(0)).containsExactly("a=2 2/3/2");
        assertThat(fixture.keysAt(2)).containsExactly("a=1 2/2/1");
    }

    @Test
    void commitsTellTheChangesOfEachTransactionInOrder() {
        fixture.write(writer -> {
            var first = writer.begin();
            first.put(A, ONE, LeaseId.NONE);
            first.finish();
            writer.begin().finish();
            var second = writer.begin();
            second.delete(KeyRange.ALL);
            second.finish();
            return writer;
        });

        assertThat(fixture.commits).hasSize(2);
        assertThat(fixture.commits.getFirst().events())
                .containsExactly(new Event(Event.Kind.PUT, new KeyValue(A, ONE, 2, 2, 1, LeaseId.NONE)));
        assertThat(fixture.commits.getLast().revision()).isEqualTo(3);
        assertThat(fixture.commits.getLast().events())
                .containsExactly(new Event(Event.Kind.DELETE, KeyValue.tombstone(A, 3)));
    }

    @Test
    void aFinishedTransactionTakesNoMoreChanges() {
        fixture.write(writer -> {
            var txn = writer.begin();
            txn.finish();
            assertThatThrownBy(() -> txn.put(A, ONE, LeaseId.NONE)).isInstanceOf(IllegalStateException.class);
            return writer;
        });
    }

    @Test
    void aBatchThatIsDroppedLeavesNoTrace() {
        fixture.put("a", "1");
        try (var batch = fixture.storage.batch()) {
            var txn = fixture.store.writer(batch).begin();
            txn.put(A, TWO, LeaseId.NONE);
            txn.finish();
        }

        assertThat(fixture.store.revision()).isEqualTo(2);
        assertThat(fixture.keysAt(0)).containsExactly("a=1 2/2/1");
        assertThat(fixture.put("b", "2")).isEqualTo(3);
        assertThat(fixture.keysAt(0)).containsExactly("a=1 2/2/1", "b=2 3/3/1");
    }

    private static Range at(long revision) {
        var all = Range.of(KeyRange.ALL);
        return new Range(all.keys(), 0, revision, all.sort(), all.detail(), all.bounds(), true);
    }

    @Test
    void keysAreCountedOnceHoweverOftenTheyChange() {
        fixture.put("a", "1");
        fixture.put("a", "2");
        fixture.put("b", "1");
        fixture.delete("nothing");
        assertThat(fixture.store.keys()).isEqualTo(2);

        fixture.delete("a");
        fixture.txn(txn -> {
            txn.put(A, ONE, LeaseId.NONE);
            txn.delete(KeyRange.ALL);
            txn.put(A, TWO, LeaseId.NONE);
        });
        assertThat(fixture.store.keys()).isEqualTo(1);

        fixture.reopen();
        assertThat(fixture.store.keys()).isEqualTo(1);
    }

    @Test
    void theKeysOfAStoreThatDidNotCountThemAreCountedWhenItIsOpened() {
        fixture.put("a", "1");
        fixture.put("b", "1");
        try (var batch = fixture.storage.batch()) {
            batch.put(
                    Column.META,
                    Bytes.utf8("mvcc.state"),
                    new RowWriter(3 * Long.BYTES).fixed(3).fixed(-1).fixed(130).finish());
            batch.commit();
        }
        fixture.reopen();
        assertThat(fixture.store.keys()).isEqualTo(2);

        fixture.put("c", "1");
        fixture.reopen();
        assertThat(fixture.store.keys()).isEqualTo(3);
    }
}
