package io.metastore.server.mvcc;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.KeyValue;
import io.metastore.server.model.LeaseId;
import io.metastore.server.request.Outcome.RangeDone;
import io.metastore.server.request.Outcome.Refused;
import io.metastore.server.request.Range;
import io.metastore.server.request.Range.Detail;
import io.metastore.server.request.Reason;
import io.metastore.server.storage.Batch;
import io.metastore.server.storage.MemoryStorage;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MvccViewTest {
    private static final Bytes A = Bytes.utf8("a");

    private final WatchedStorage storage = new WatchedStorage(MemoryStorage.volatileOnly());
    private final StoreFixture fixture = new StoreFixture(storage);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void theNewestVersionOfAKeyTakesOneLookUp() {
        fixture.put("a", "1");
        storage.lookUps = 0;

        try (var view = fixture.store.view()) {
            assertThat(view.revision()).isEqualTo(2);
            assertThat(((RangeDone) view.range(Range.of(KeyRange.single(A)))).count())
                    .isEqualTo(1);
        }

        assertThat(storage.lookUps).isEqualTo(1);
    }

    @Test
    void aViewOpenedDuringACommitNamesTheRevisionOfItsRows() {
        fixture.put("a", "1");
        storage.beforeNextSnapshot(() -> fixture.put("a", "2"));

        try (var view = fixture.store.view()) {
            assertThat(view.get(A)).map(KeyValue::modRevision).contains(3L);
            assertThat(view.revision()).isEqualTo(3);
        }
    }

    @Test
    void aViewOpenedBetweenCommitAndPublicationNamesTheRevisionOfItsRows() {
        fixture.put("a", "1");
        try (var batch = storage.batch()) {
            var writer = putUnpublished(batch);
            storage.beforeNextSnapshot(batch::commit);

            try (var view = fixture.store.view()) {
                assertThat(view.get(A)).map(KeyValue::modRevision).contains(3L);
                assertThat(view.revision()).isEqualTo(3);
                assertThat(fixture.store.revision()).isEqualTo(2);
            }
            writer.published();
        }
        assertThat(fixture.store.revision()).isEqualTo(3);
    }

    @Test
    void aViewOpenedBeforeTheCommitOfAnAnnouncedBatchDoesNotSeeIt() {
        fixture.put("a", "1");
        try (var batch = storage.batch()) {
            putUnpublished(batch);

            try (var view = fixture.store.view()) {
                assertThat(view.get(A)).map(KeyValue::modRevision).contains(2L);
                assertThat(view.revision()).isEqualTo(2);
            }
        }
    }

    @Test
    void aViewOpenedWhileACompactionRemovesRowsRefusesThem() {
        fixture.put("a", "1");
        fixture.put("a", "2");
        storage.beforeNextSnapshot(() -> {
            fixture.compact(3);
            fixture.sweep();
        });

        try (var view = fixture.store.view()) {
            assertThat(view.isCompacted(2)).isTrue();
            assertThat(view.isCompacted(3)).isFalse();
            assertThat(view.range(at(2, Detail.FULL))).isEqualTo(new Refused(Reason.COMPACTED));
        }
    }

    @Test
    void aViewStaysAsItIsWhenRowsBelowItAreCompacted() {
        fixture.put("a", "1");
        fixture.put("a", "2");
        try (var view = fixture.store.view()) {
            fixture.compact(3);
            fixture.sweep();

            assertThat(view.getAt(A, 2)).map(KeyValue::value).contains(Bytes.utf8("1"));
        }
    }

    @Test
    void replacedRowsAreReadWithTheirOwnRevision(@TempDir Path folder) {
        fixture.put("a", "1");
        storage.checkpoint(folder.resolve("checkpoint"));
        fixture.put("a", "2");
        fixture.put("a", "3");

        fixture.store.unload();
        storage.replaceWith(folder.resolve("checkpoint"));
        try (var view = fixture.store.view()) {
            assertThat(view.revision()).isEqualTo(2);
        }
        fixture.store.reload();

        assertThat(fixture.store.revision()).isEqualTo(2);
        assertThat(fixture.keysAt(0)).containsExactly("a=1 2/2/1");
        assertThat(fixture.put("a", "2")).isEqualTo(3);
        storage.lookUps = 0;
        fixture.range(Range.of(KeyRange.single(A)));
        assertThat(storage.lookUps).isEqualTo(1);
    }

    @Test
    void countingReadsNoValue() {
        fixture.txn(txn -> {
            for (int i = 0; i < 100; i++) {
                txn.put(Bytes.utf8("key-" + i), Bytes.utf8("value"), LeaseId.NONE);
            }
        });
        storage.values = 0;

        var counted = (RangeDone) fixture.range(at(0, Detail.COUNT_ONLY));

        assertThat(counted.count()).isEqualTo(100);
        assertThat(counted.keyValues()).isEmpty();
        assertThat(storage.values).isZero();
    }

    @Test
    void aLimitedRangeReadsNoMoreValuesThanItReturnsAndCountsAll() {
        putHundred();
        storage.values = 0;
        var all = Range.of(KeyRange.ALL);

        var limited =
                (RangeDone) fixture.range(new Range(all.keys(), 3, 0, all.sort(), all.detail(), all.bounds(), true));

        assertThat(limited.count()).isEqualTo(100);
        assertThat(limited.more()).isTrue();
        assertThat(limited.keyValues()).hasSize(3);
        assertThat(storage.values).isEqualTo(3);
    }

    @Test
    void aPageEndsAtItsLimit() {
        putHundred();
        var all = Range.of(KeyRange.ALL);

        try (var view = fixture.store.view()) {
            var page = (RangeDone) view.page(new Range(all.keys(), 3, 0, all.sort(), all.detail(), all.bounds(), true));
            assertThat(page.keyValues()).hasSize(3);
            assertThat(page.more()).isTrue();
            assertThat(page.count()).isEqualTo(4);
        }
    }

    @Test
    void aVersionIsFoundAtEachRevisionItWasThereAt() {
        fixture.put("a", "1");
        fixture.put("b", "1");
        fixture.put("a", "2");
        fixture.delete("a");

        try (var view = fixture.store.view()) {
            assertThat(view.getAt(A, 1)).isEmpty();
            assertThat(view.getAt(A, 2)).map(StoreFixture::text).contains("a=1 2/2/1");
            assertThat(view.getAt(A, 3)).map(StoreFixture::text).contains("a=1 2/2/1");
            assertThat(view.getAt(A, 4)).map(StoreFixture::text).contains("a=2 2/4/2");
            assertThat(view.getAt(A, 5)).isEmpty();
        }
    }

    @Test
    void historyBeginsAtAnyRevision() {
        fixture.put("a", "1");
        fixture.put("b", "1");
        fixture.delete("a");

        assertThat(fixture.changesFrom(3)).containsExactly("3.0 PUT b=1 3/3/1", "4.0 DELETE a= 0/4/0");
        assertThat(fixture.changesFrom(5)).isEmpty();
        assertThat(fixture.changesFrom(-1)).hasSize(3);
    }

    private void putHundred() {
        for (int i = 0; i < 100; i++) {
            fixture.put("key-" + i, "value");
        }
    }

    private MvccWriter putUnpublished(Batch batch) {
        var writer = fixture.store.writer(batch);
        var txn = writer.begin();
        txn.put(A, Bytes.utf8("2"), LeaseId.NONE);
        txn.finish();
        return writer;
    }

    private static Range at(long revision, Detail detail) {
        var all = Range.of(KeyRange.ALL);
        return new Range(all.keys(), 0, revision, all.sort(), detail, all.bounds(), true);
    }
}
