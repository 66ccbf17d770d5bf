package io.metastore.server.snapshot;

import io.metastore.server.bolt.BoltFile;
import io.metastore.server.bolt.DamagedFileException;
import io.metastore.server.bolt.RowCursor;
import io.metastore.server.model.Bytes;
import io.metastore.server.mvcc.EtcdHistory;
import io.metastore.server.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/// The state of an etcd in its file. What is read is checked; every method throws a `SnapshotException` when the file
/// is damaged. For one thread.
public final class SnapshotFile implements AutoCloseable {
    private final Path path;
    private final BoltFile file;

    private SnapshotFile(Path path, BoltFile file) {
        this.path = path;
        this.file = file;
    }

    /// Opens a file; its first pages are checked.
    ///
    /// @throws SnapshotException when it is no such file
    public static SnapshotFile open(Path path) throws IOException {
        try {
            return new SnapshotFile(path, BoltFile.open(path));
        } catch (DamagedFileException e) {
            throw damaged(path, e);
        }
    }

    /// Reads everything.
    public SnapshotStatus status() {
        return reading(() -> {
            file.check();
            var hash = new CRC32C();
            var keys = new LiveKeys();
            long revision = 0;
            for (var bucket : file.buckets()) {
                boolean isHistory = bucket.equals(Bytes.utf8(Schema.KEY));
                hash.update(bucket.shared());
                for (var rows = rows(bucket); rows.next(); ) {
                    var key = rows.key();
                    var value = rows.value();
                    hash.update(key.shared());
                    hash.update(value.shared());
                    if (isHistory) {
                        revision = Schema.main(key);
                        keys.change(EtcdHistory.key(value), !EtcdHistory.isTombstone(key));
                    }
                }
            }
            return new SnapshotStatus((int) hash.getValue(), revision, keys.count(), file.bytes(), version());
        });
    }

    /// Reads every page once.
    public void check() {
        reading(() -> {
            file.check();
            return true;
        });
    }

    /// Those that the file names, in the order of their ids.
    public List<MemberRecord> members() {
        return reading(() -> {
            var members = new ArrayList<MemberRecord>();
            for (var rows = rows(Schema.MEMBERS); rows.next(); ) {
                members.add(MemberRecord.read(rows.key(), rows.value()));
            }
            return List.copyOf(members);
        });
    }

    /// Up to where the file holds the effects of its etcd's log: (term, index), 0 when it does not say.
    public long consistentIndex() {
        return number(Schema.CONSISTENT_INDEX);
    }

    /// The term to `consistentIndex`.
    public long term() {
        return number(Schema.TERM);
    }

    /// A compacted revision from `meta`, -1 when there is none.
    long compaction(String key) {
        return reading(() -> find(Schema.META, key).map(Schema::main).orElse(-1L));
    }

    /// The rows of a bucket; none when there is no such bucket.
    RowCursor rows(String bucket) {
        return rows(Bytes.utf8(bucket));
    }

    /// Does what reads, and says whose damage it is that shows.
    <T> T reading(Work<T> work) {
        try {
            return work.run();
        } catch (DamagedFileException | StorageException e) {
            throw damaged(path, e);
        }
    }

    /// Reads something.
    interface Work<T> {
        T run();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private RowCursor rows(Bytes bucket) {
        return file.rows(bucket).orElseGet(RowCursor::empty);
    }

    private String version() {
        return find(Schema.META, Schema.STORAGE_VERSION).map(Bytes::utf8).orElse("");
    }

    private long number(String key) {
        return reading(() -> find(Schema.META, key)
                .filter(value -> value.length() == Long.BYTES)
                .map(value -> ByteBuffer.wrap(value.shared()).getLong())
                .orElse(0L));
    }

    private Optional<Bytes> find(String bucket, String key) {
        for (var rows = rows(bucket); rows.next(); ) {
            if (rows.key().equals(Bytes.utf8(key))) {
                return Optional.of(rows.value());
            }
        }
        return Optional.empty();
    }

    private static SnapshotException damaged(Path path, RuntimeException e) {
        return e.getMessage() != null && e.getMessage().startsWith("invalid database")
                ? new SnapshotException(e.getMessage(), e)
                : new SnapshotException("the file " + path + " is damaged: " + e.getMessage(), e);
    }
}
