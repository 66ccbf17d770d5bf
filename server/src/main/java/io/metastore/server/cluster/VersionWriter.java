package io.metastore.server.cluster;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.ClusterVersion;
import io.metastore.server.model.Release;
import io.metastore.server.request.Reason;
import io.metastore.server.request.VersionCommand;
import io.metastore.server.storage.Batch;
import io.metastore.server.storage.Column;
import java.util.Optional;

/// The changes that one batch makes to the version of the cluster. For the thread that applies commands.
///
/// Source of the refusals and of their order: etcd's check of a downgrade.
public final class VersionWriter {
    private final VersionTable table;
    private final Batch batch;
    private ClusterVersion version;

    VersionWriter(VersionTable table, Batch batch) {
        this.table = table;
        this.batch = batch;
        this.version = table.version();
    }

    /// The version with the changes made here.
    public ClusterVersion version() {
        return version;
    }

    /// Makes the change, or tells why it is refused.
    public Optional<Reason> change(VersionCommand command) {
        return switch (command) {
            case VersionCommand.EnableDowngrade(var target) -> {
                var refusal = refusal(version, target);
                if (refusal.isEmpty()) {
                    batch.put(Column.META, VersionTable.DOWNGRADE, Bytes.utf8(target.toString()));
                    version = version.downgrading(Optional.of(target));
                }
                yield refusal;
            }
            case VersionCommand.CancelDowngrade() -> {
                batch.delete(Column.META, VersionTable.DOWNGRADE);
                version = version.downgrading(Optional.empty());
                yield Optional.empty();
            }
            case VersionCommand.SetRelease(var release) -> {
                batch.put(Column.META, VersionTable.RELEASE, Bytes.utf8(release.toString()));
                version = version.at(release);
                yield Optional.empty();
            }
        };
    }

    /// Why a cluster of this version cannot go back to `target`.
    public static Optional<Reason> refusal(ClusterVersion version, Release target) {
        if (!target.equals(version.release().below())) {
            return Optional.of(Reason.DOWNGRADE_TARGET_INVALID);
        }
        return version.downgrade().isPresent() ? Optional.of(Reason.DOWNGRADE_IN_PROGRESS) : Optional.empty();
    }

    /// Makes the changes visible in the table; after the batch was committed.
    public void published() {
        table.publish(version);
    }
}
