package io.metastore.server.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.LeaseId;
import io.metastore.server.storage.MemoryStorage;
import org.junit.jupiter.api.Test;

class StateTest {
    @Test
    void compactionsLookAtAsManyChangesInAStepAsTheStateIsOpenedFor() {
        assertThat(stepsToCompactTwentyChanges(1)).isGreaterThanOrEqualTo(20);
        assertThat(stepsToCompactTwentyChanges(100)).isLessThan(5);
    }

    private static int stepsToCompactTwentyChanges(int changesInStep) {
        try (var storage = MemoryStorage.volatileOnly()) {
            var store = State.open(storage, changesInStep).store();
            try (var batch = storage.batch()) {
                var writer = store.writer(batch);
                for (int put = 0; put < 20; put++) {
                    var txn = writer.begin();
                    txn.put(Bytes.utf8("key"), Bytes.EMPTY, LeaseId.NONE);
                    txn.finish();
                }
                writer.compact(20);
                batch.commit();
                writer.published();
            }
            int steps = 0;
            while (store.compaction().step()) {
                steps++;
            }
            return steps;
        }
    }
}
