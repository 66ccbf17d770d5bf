package io.metastore.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.model.Bytes;
import io.metastore.server.storage.Batch;
import io.metastore.server.storage.MemoryStorage;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OriginTest {
    private static final Bytes ONE = Bytes.utf8("one");
    private static final Bytes OTHER = Bytes.utf8("other");

    private final MemoryStorage storage = MemoryStorage.volatileOnly();

    @AfterEach
    void closeStorage() {
        storage.close();
    }

    @Test
    void theFirstThatIsToldCountsAndLaterOnesChangeNothing() {
        change(batch -> Origin.write(batch, ONE));
        assertThat(isConfirmed()).isFalse();

        change(batch -> Origin.confirm(batch, ONE));
        change(batch -> Origin.confirm(batch, OTHER));

        assertThat(isConfirmed()).isTrue();
    }

    @Test
    void aMemberThatImportedAnotherFileStops() {
        change(batch -> Origin.write(batch, OTHER));

        assertThatThrownBy(() -> change(batch -> Origin.confirm(batch, ONE)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("restore all members from the same file");
    }

    @Test
    void aMemberThatBeganEmptyStopsToo() {
        assertThatThrownBy(() -> change(batch -> Origin.confirm(batch, ONE)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("and this member from nothing");
    }

    /// Or a member that is restored by mistake would agree with a cluster that runs.
    @Test
    void aClusterThatBeganEmptyAgreesOnThatToo() {
        change(batch -> Origin.confirm(batch, Bytes.EMPTY));

        assertThat(isConfirmed()).isTrue();
    }

    @Test
    void amongEmptyMembersOneThatImportedStops() {
        change(batch -> Origin.write(batch, ONE));

        assertThatThrownBy(() -> change(batch -> Origin.confirm(batch, Bytes.EMPTY)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the cluster began from nothing, and this member from the snapshot");
    }

    private boolean isConfirmed() {
        try (var snapshot = storage.snapshot()) {
            return Origin.isConfirmed(snapshot);
        }
    }

    private void change(Consumer<Batch> change) {
        try (var batch = storage.batch()) {
            change.accept(batch);
            batch.commit();
        }
    }
}
