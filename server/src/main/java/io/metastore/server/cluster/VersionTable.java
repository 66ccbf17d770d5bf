package io.metastore.server.cluster;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.ClusterVersion;
import io.metastore.server.model.Release;
import io.metastore.server.storage.Batch;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.Reader;
import io.metastore.server.storage.Storage;
import io.metastore.server.storage.StorageException;
import java.util.Optional;

/// Which release the cluster behaves as, as of the last published batch.
///
///     version.release      "3.6"    not there in a cluster that never changed it
///     version.downgrade    "3.6"    not there while no downgrade is enabled
///
/// Writing belongs to the thread that applies commands; everything else may be called from any thread.
public final class VersionTable {
    static final Bytes RELEASE = Bytes.utf8("version.release");
    static final Bytes DOWNGRADE = Bytes.utf8("version.downgrade");

    private final Storage storage;
    private volatile ClusterVersion version;

    private VersionTable(Storage storage) {
        this.storage = storage;
        this.version = read(storage);
    }

    public static VersionTable open(Storage storage) {
        return new VersionTable(storage);
    }

    /// Takes over what the storage holds now, after its rows were replaced.
    public void reload() {
        version = read(storage);
    }

    public ClusterVersion version() {
        return version;
    }

    /// The changes of `batch`, which the writer does not commit or close.
    public VersionWriter writer(Batch batch) {
        return new VersionWriter(this, batch);
    }

    void publish(ClusterVersion newest) {
        version = newest;
    }

    /// The version in a state that is read elsewhere.
    public static ClusterVersion read(Reader reader) {
        return new ClusterVersion(
                release(reader, RELEASE).orElse(ClusterVersion.FIRST.release()), release(reader, DOWNGRADE));
    }

    private static ClusterVersion read(Storage storage) {
        try (var snapshot = storage.snapshot()) {
            return read(snapshot);
        }
    }

    private static Optional<Release> release(Reader reader, Bytes key) {
        return reader.get(Column.META, key)
                .map(row -> Release.parse(row.utf8())
                        .orElseThrow(() -> new StorageException("the row of a version is damaged: " + row)));
    }
}
