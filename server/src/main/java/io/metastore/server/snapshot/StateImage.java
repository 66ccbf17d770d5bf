package io.metastore.server.snapshot;

import io.metastore.server.apply.Position;
import io.metastore.server.auth.AuthTable;
import io.metastore.server.bolt.BucketSource;
import io.metastore.server.bolt.BucketSource.Row;
import io.metastore.server.bolt.FileImage;
import io.metastore.server.cluster.AlarmTable;
import io.metastore.server.cluster.VersionTable;
import io.metastore.server.lease.LeaseTable;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.ClusterVersion;
import io.metastore.server.mvcc.EtcdHistory;
import io.metastore.server.storage.Reader;
import io.metastore.server.storage.Snapshot;
import io.metastore.server.storage.Storage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The state after one commit as etcd would have it on disk, read as a stream. It holds a snapshot of the storage until
/// it is closed, and in memory a few pages only. For one thread.
public final class StateImage implements AutoCloseable {
    private final Snapshot snapshot;
    private final FileImage file;

    private StateImage(Snapshot snapshot, FileImage file) {
        this.snapshot = snapshot;
        this.file = file;
    }

    /// Takes the state as it is now. Walks the whole of it once, to know how large the file becomes.
    ///
    /// @param members of the cluster, which the storage does not know
    public static StateImage of(Storage storage, List<MemberRecord> members) {
        var snapshot = storage.snapshot();
        try {
            return new StateImage(snapshot, FileImage.of(buckets(snapshot, members)));
        } catch (RuntimeException e) {
            snapshot.close();
            throw e;
        }
    }

    /// The size of the whole file.
    public long bytes() {
        return file.bytes();
    }

    /// Fills `target` with what comes next.
    ///
    /// @return how many bytes; fewer than there is room for at the end only
    public int read(byte[] target) {
        return file.read(target);
    }

    @Override
    public void close() {
        file.close();
        snapshot.close();
    }

    private static List<BucketSource> buckets(Reader reader, List<MemberRecord> members) {
        var sources = new ArrayList<BucketSource>();
        sources.add(new HistoryBucket(reader));
        sources.add(bucket(Schema.LEASE, LeaseTable.all(reader).stream().map(Records::row)));
        sources.add(bucket(Schema.ALARM, AlarmTable.read(reader).stream().map(Records::row)));
        sources.add(bucket(Schema.MEMBERS, members.stream().map(MemberRecord::row)));
        sources.add(bucket(Schema.MEMBERS_REMOVED, Stream.empty()));
        sources.add(bucket(Schema.CLUSTER, cluster(VersionTable.read(reader)).stream()));
        sources.add(bucket(Schema.META, meta(reader, members).stream()));
        sources.addAll(AuthBuckets.all(AuthTable.read(reader)));
        return sources;
    }

    private static List<Row> meta(Reader reader, List<MemberRecord> members) {
        var position = Position.read(reader);
        var history = EtcdHistory.of(reader);
        var rows = new ArrayList<Row>();
        rows.add(row(Schema.CONSISTENT_INDEX, Schema.number(position.index())));
        rows.add(row(Schema.TERM, Schema.number(position.term())));
        rows.add(row(Schema.CONF_STATE, MemberRecord.confState(members)));
        rows.add(row(Schema.STORAGE_VERSION, release(VersionTable.read(reader))));
        if (history.finished() >= 0) {
            rows.add(row(Schema.FINISHED_COMPACTION, Schema.revision(history.finished())));
        }
        if (history.compacted() >= 0) {
            rows.add(row(Schema.SCHEDULED_COMPACTION, Schema.revision(history.compacted())));
        }
        return rows;
    }

    private static List<Row> cluster(ClusterVersion version) {
        var rows = new ArrayList<Row>();
        rows.add(row(Schema.CLUSTER_VERSION, release(version)));
        version.downgrade()
                .ifPresent(target -> rows.add(row(
                        Schema.DOWNGRADE,
                        Bytes.utf8("{\"target-version\":\"" + target.full() + "\",\"enabled\":true}"))));
        return rows;
    }

    /// When an etcd goes back from 3.7 to 3.6 it changes nothing of its file but this.
    private static Bytes release(ClusterVersion version) {
        return Bytes.utf8(version.release().full());
    }

    private static Row row(String key, Bytes value) {
        return new Row(Bytes.utf8(key), value);
    }

    static BucketSource bucket(String name, Stream<Row> rows) {
        return BucketSource.of(name, rows.sorted(Comparator.comparing(Row::key)).toList());
    }

    /// The keys with their history, which may be any number of rows.
    private record HistoryBucket(Reader reader) implements BucketSource {
        @Override
        public Bytes name() {
            return Bytes.utf8(Schema.KEY);
        }

        @Override
        public Rows open() {
            return new HistoryRows(EtcdHistory.rows(reader));
        }
    }

    private record HistoryRows(EtcdHistory.Rows rows) implements BucketSource.Rows {
        @Override
        public boolean next() {
            return rows.next();
        }

        @Override
        public Bytes key() {
            return rows.key();
        }

        @Override
        public Bytes value() {
            return rows.value();
        }

        @Override
        public void close() {
            rows.close();
        }
    }
}
