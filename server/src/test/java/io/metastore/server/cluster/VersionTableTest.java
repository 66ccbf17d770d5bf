package io.metastore.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.ClusterVersion;
import io.metastore.server.model.Release;
import io.metastore.server.request.Reason;
import io.metastore.server.request.VersionCommand;
import io.metastore.server.request.VersionCommand.CancelDowngrade;
import io.metastore.server.request.VersionCommand.EnableDowngrade;
import io.metastore.server.request.VersionCommand.SetRelease;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.MemoryStorage;
import io.metastore.server.storage.Storage;
import io.metastore.server.storage.StorageException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VersionTableTest {
    private static final Release BEFORE = new Release(3, 6);
    private static final Release LONG_BEFORE = new Release(3, 5);

    private final Storage storage = MemoryStorage.volatileOnly();
    private final VersionTable table = VersionTable.open(storage);

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void aClusterBeginsAtItsOwnReleaseWithNothingToGoTo() {
        assertThat(table.version()).isEqualTo(new ClusterVersion(Release.CURRENT, Optional.empty()));
    }

    @Test
    void aJobAndAReleaseAreKnownAgainAfterARestart() {
        assertThat(change(new EnableDowngrade(BEFORE))).isEmpty();
        assertThat(table.version()).isEqualTo(new ClusterVersion(Release.CURRENT, Optional.of(BEFORE)));
        assertThat(change(new SetRelease(BEFORE))).isEmpty();

        var expected = new ClusterVersion(BEFORE, Optional.of(BEFORE));
        assertThat(table.version()).isEqualTo(expected);
        assertThat(VersionTable.open(storage).version()).isEqualTo(expected);
    }

    @Test
    void onlyTheReleaseBelowIsATargetAndOnlyOneJobThereIs() {
        assertThat(change(new EnableDowngrade(LONG_BEFORE))).contains(Reason.DOWNGRADE_TARGET_INVALID);
        assertThat(change(new EnableDowngrade(Release.CURRENT))).contains(Reason.DOWNGRADE_TARGET_INVALID);
        change(new EnableDowngrade(BEFORE));
        assertThat(change(new EnableDowngrade(BEFORE))).contains(Reason.DOWNGRADE_IN_PROGRESS);
        change(new SetRelease(BEFORE));

        // Whether the target would do is asked first, and now it is another one.
        assertThat(change(new EnableDowngrade(BEFORE))).contains(Reason.DOWNGRADE_TARGET_INVALID);
        assertThat(change(new EnableDowngrade(LONG_BEFORE))).contains(Reason.DOWNGRADE_IN_PROGRESS);
    }

    @Test
    void aCancelledJobLeavesTheReleaseAndMayBeCancelledTwice() {
        change(new EnableDowngrade(BEFORE));
        change(new SetRelease(BEFORE));

        assertThat(change(new CancelDowngrade())).isEmpty();
        assertThat(change(new CancelDowngrade())).isEmpty();

        var expected = new ClusterVersion(BEFORE, Optional.empty());
        assertThat(table.version()).isEqualTo(expected);
        assertThat(VersionTable.open(storage).version()).isEqualTo(expected);
    }

    @Test
    void rowsThatWereReplacedAreTakenOver() {
        put("3.6");

        table.reload();

        assertThat(table.version().release()).isEqualTo(BEFORE);
    }

    @Test
    void aDamagedRowIsNotOverlooked() {
        put("three");

        assertThatThrownBy(() -> VersionTable.open(storage)).isInstanceOf(StorageException.class);
    }

    private Optional<Reason> change(VersionCommand command) {
        try (var batch = storage.batch()) {
            var writer = table.writer(batch);
            var refusal = writer.change(command);
            batch.commit();
            writer.published();
            return refusal;
        }
    }

    private void put(String release) {
        try (var batch = storage.batch()) {
            batch.put(Column.META, VersionTable.RELEASE, Bytes.utf8(release));
            batch.commit();
        }
    }
}
