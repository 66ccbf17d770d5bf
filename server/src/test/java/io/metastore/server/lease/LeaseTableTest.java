package io.metastore.server.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.LeaseId;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.MemoryStorage;
import io.metastore.server.storage.Storage;
import io.metastore.server.storage.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseTableTest {
    private static final LeaseId ONE = LeaseId.of(1);
    private static final LeaseId TWO = LeaseId.of(2);

    private final Storage storage = MemoryStorage.volatileOnly();
    private final LeaseTable table = LeaseTable.open(storage);
    private final Heard heard = new Heard();

    @AfterEach
    void close() {
        storage.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, -1, 7587862094571234567L, Long.MAX_VALUE, Long.MIN_VALUE})
    void aGrantedLeaseIsFoundAlsoAfterARestart(long number) {
        var lease = LeaseId.of(number);

        change(writer -> writer.grant(lease, 60));

        assertThat(table.find(lease)).contains(new Lease(lease, 60, 0));
        assertThat(LeaseTable.open(storage).find(lease)).contains(new Lease(lease, 60, 0));
    }

    @Test
    void aChangeIsSeenByItsWriterAtOnceAndByOthersOnceItIsPublished() {
        try (var batch = storage.batch()) {
            var writer = table.writer(batch);

            writer.grant(ONE, 60);

            assertThat(writer.exists(ONE)).isTrue();
            assertThat(table.exists(ONE)).isFalse();
            batch.commit();
            assertThat(table.exists(ONE)).isFalse();
            writer.published(heard);
            assertThat(table.exists(ONE)).isTrue();
        }
    }

    @Test
    void aChangeThatIsNotCommittedLeavesNothingBehind() {
        try (var batch = storage.batch()) {
            table.writer(batch).grant(ONE, 60);
        }

        assertThat(table.exists(ONE)).isFalse();
        assertThat(LeaseTable.open(storage).all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, -1, -2, Long.MAX_VALUE, Long.MIN_VALUE})
    void attachedKeysAreListedInTheirOrderAndOnlyThoseOfTheLease(long number) {
        var lease = LeaseId.of(number);
        var keys =
                List.of(Bytes.EMPTY, Bytes.utf8("a"), Bytes.utf8("a\0"), Bytes.utf8("b"), Bytes.wrap(new byte[] {-1}));

        change(writer -> {
            writer.grant(lease, 60);
            keys.reversed().forEach(key -> writer.attach(lease, key));
            writer.attach(LeaseId.of(number + 1), Bytes.utf8("next"));
            writer.attach(LeaseId.of(number - 1), Bytes.utf8("before"));
        });

        assertThat(table.keys(lease)).isEqualTo(keys);
    }

    @Test
    void aWriterSeesTheKeysItAttachedAndDetached() {
        change(writer -> {
            writer.grant(ONE, 60);
            writer.attach(ONE, Bytes.utf8("a"));
            writer.attach(ONE, Bytes.utf8("b"));
        });

        try (var batch = storage.batch()) {
            var writer = table.writer(batch);
            writer.detach(ONE, Bytes.utf8("a"));
            writer.attach(ONE, Bytes.utf8("c"));

            assertThat(writer.keys(ONE)).containsExactly(Bytes.utf8("b"), Bytes.utf8("c"));
        }
        assertThat(table.keys(ONE)).containsExactly(Bytes.utf8("a"), Bytes.utf8("b"));
    }

    @Test
    void aRemovedLeaseLeavesNoRows() {
        change(writer -> {
            writer.grant(ONE, 60);
            writer.attach(ONE, Bytes.utf8("a"));
            writer.grant(TWO, 60);
            writer.attach(TWO, Bytes.utf8("b"));
        });

        change(writer -> writer.remove(ONE));

        assertThat(table.all()).containsExactly(new Lease(TWO, 60, 0));
        assertThat(table.keys(ONE)).isEmpty();
        assertThat(table.keys(TWO)).containsExactly(Bytes.utf8("b"));
        assertThat(LeaseTable.open(storage).all()).containsExactly(new Lease(TWO, 60, 0));
    }

    @Test
    void aCheckpointIsKeptAndCleared() {
        change(writer -> writer.grant(ONE, 60));

        change(writer -> writer.checkpoint(ONE, 25));
        assertThat(LeaseTable.open(storage).find(ONE)).contains(new Lease(ONE, 60, 25));

        change(writer -> writer.checkpoint(ONE, 0));
        assertThat(table.find(ONE)).contains(new Lease(ONE, 60, 0));
    }

    @Test
    void aLeaseCanBeRevokedAndGrantedAgainInOneBatch() {
        change(writer -> writer.grant(ONE, 60));

        change(writer -> {
            writer.remove(ONE);
            assertThat(writer.exists(ONE)).isFalse();
            writer.grant(ONE, 5);
        });

        assertThat(table.find(ONE)).contains(new Lease(ONE, 5, 0));
        assertThat(heard.sentences).containsExactly("granted 1 60", "revoked 1", "granted 1 5");
    }

    @Test
    void listenersHearTheChangesInOrderAfterTheyCanBeRead() {
        change(writer -> {
            writer.grant(ONE, 60);
            writer.grant(TWO, 10);
            writer.checkpoint(ONE, 25);
            writer.remove(TWO);
        });

        assertThat(heard.sentences).containsExactly("granted 1 60", "granted 2 10", "checkpointed 1 25", "revoked 2");
        assertThat(heard.readable).containsOnly(List.of(new Lease(ONE, 60, 25)));
    }

    @Test
    void changesThatContradictTheStateAreErrors() {
        try (var batch = storage.batch()) {
            var writer = table.writer(batch);
            writer.grant(ONE, 60);

            assertThatThrownBy(() -> writer.grant(ONE, 60)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> writer.remove(TWO)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> writer.checkpoint(TWO, 1)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void reloadTakesOverWhatTheStorageHolds() {
        var other = LeaseTable.open(storage);
        change(writer -> writer.grant(ONE, 60));
        assertThat(other.exists(ONE)).isFalse();

        other.reload();

        assertThat(other.exists(ONE)).isTrue();
    }

    @Test
    void aDamagedRowIsNotTakenForALease() {
        try (var batch = storage.batch()) {
            batch.put(Column.LEASES, LeaseRow.key(ONE), Bytes.utf8("short"));
            batch.commit();
        }

        assertThatThrownBy(() -> LeaseTable.open(storage))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void rowsAreLaidOutAsWritten() {
        change(writer -> {
            writer.grant(LeaseId.of(-1), 60);
            writer.checkpoint(LeaseId.of(-1), 25);
            writer.attach(LeaseId.of(-1), Bytes.utf8("a"));
        });

        assertThat(LeaseRow.key(LeaseId.of(-1))).hasToString("017fffffffffffffff");
        assertThat(LeaseRow.value(new Lease(LeaseId.of(-1), 60, 25))).hasToString("000000000000003c0000000000000019");
        assertThat(LeaseRow.attachment(LeaseId.of(-1), Bytes.utf8("a"))).hasToString("027fffffffffffffff61");
    }

    private void change(Consumer<LeaseWriter> change) {
        try (var batch = storage.batch()) {
            var writer = table.writer(batch);
            change.accept(writer);
            batch.commit();
            writer.published(heard);
        }
    }

    /// Writes down what it hears, and what the table shows at that moment.
    private final class Heard implements LeaseListener {
        final List<String> sentences = new ArrayList<>();
        final List<List<Lease>> readable = new ArrayList<>();

        @Override
        public void granted(Lease lease) {
            hear("granted " + lease.id().number() + " " + lease.ttlSeconds());
        }

        @Override
        public void revoked(LeaseId id) {
            hear("revoked " + id.number());
        }

        @Override
        public void checkpointed(Lease lease) {
            hear("checkpointed " + lease.id().number() + " " + lease.remainingSeconds());
        }

        @Override
        public void reloaded(List<Lease> all) {
            hear("reloaded " + all);
        }

        private void hear(String sentence) {
            sentences.add(sentence);
            readable.add(table.all());
        }
    }
}
