package io.metastore.server.mvcc;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.KeyValue;
import io.metastore.server.model.LeaseId;
import io.metastore.server.request.Compare;
import io.metastore.server.storage.MemoryStorage;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How often a change has to look into the storage.
class ReadsOfChangesTest {
    private static final Bytes A = Bytes.utf8("a");
    private static final Bytes ONE = Bytes.utf8("1");

    private final WatchedStorage storage = new WatchedStorage(MemoryStorage.volatileOnly());
    private final StoreFixture fixture = new StoreFixture(storage);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void changesOfKnownKeysReadNothing() {
        fixture.put("a", "1");
        forgetCounts();

        fixture.txn(txn -> txn.put(A, ONE, LeaseId.NONE));
        fixture.txn(txn -> txn.delete(A));
        fixture.txn(txn -> txn.delete(A));
        fixture.txn(txn -> txn.put(A, ONE, LeaseId.of(3)));

        assertThat(storage.lookUps + storage.scans).isZero();
        assertThat(fixture.changesFrom(3))
                .containsExactly("3.0 PUT a=1 2/3/2", "4.0 DELETE a= 0/4/0", "5.0 PUT a=1 5/5/1");
    }

    @Test
    void changesOfUnknownKeysLookEachUpOnce() {
        fixture.put("a", "1");
        fixture.reopen();
        forgetCounts();

        fixture.txn(txn -> {
            txn.put(A, ONE, LeaseId.NONE);
            txn.put(A, ONE, LeaseId.NONE);
            txn.delete(A);
        });

        assertThat(storage.lookUps).isEqualTo(1);
        assertThat(storage.scans).isZero();
    }

    @Test
    void theValueBeforeIsReadOnlyForThoseWhoAsk() {
        fixture.put("a", "1");
        forgetCounts();

        fixture.txn(txn -> assertThat(txn.exchange(A, ONE, LeaseId.NONE))
                .map(KeyValue::version)
                .contains(1L));
        assertThat(storage.lookUps).isEqualTo(1);
        fixture.txn(txn -> assertThat(txn.delete(KeyRange.single(A))).hasSize(1));
        assertThat(storage.lookUps).isEqualTo(2);
        fixture.txn(txn -> assertThat(txn.exchange(A, ONE, LeaseId.NONE)).isEmpty());
        assertThat(storage.lookUps).isEqualTo(2);
    }

    @Test
    void onlyComparisonsOfValuesLookUpAKnownKey() {
        fixture.put("a", "1");
        forgetCounts();

        fixture.txn(txn -> {
            for (var target : List.of(
                    new Compare.Target.Version(1),
                    new Compare.Target.CreateRevision(2),
                    new Compare.Target.ModRevision(2),
                    new Compare.Target.Lease(LeaseId.NONE))) {
                assertThat(txn.holds(List.of(new Compare(KeyRange.single(A), Compare.Relation.EQUAL, target))))
                        .isTrue();
            }
            assertThat(storage.lookUps).isZero();
            var value = new Compare.Target.Value(ONE);
            assertThat(txn.holds(List.of(new Compare(KeyRange.single(A), Compare.Relation.EQUAL, value))))
                    .isTrue();
            assertThat(storage.lookUps).isEqualTo(1);
        });
    }

    /// One scan for the probe with one for the key it finds, one for the sweep, one for the sum; the look-ups are
    /// of the rows that tell how far it is.
    @Test
    void aCompactionReadsTheChangesAndNothingElse() {
        fixture.put("a", "0");
        for (int i = 0; i < 500; i++) {
            fixture.put("a", "more " + i);
        }
        fixture.compact(502);
        forgetCounts();

        fixture.sweep();

        assertThat(fixture.changesFrom(0)).containsExactly("502.0 PUT a=more 499 2/502/501");
        assertThat(storage.scans).isLessThan(12);
        assertThat(storage.lookUps).isLessThan(12);
    }

    private void forgetCounts() {
        storage.lookUps = 0;
        storage.scans = 0;
    }
}
