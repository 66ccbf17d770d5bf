package io.metastore.server.snapshot;

import io.metastore.server.apply.Position;
import io.metastore.server.auth.AuthTable;
import io.metastore.server.bolt.RowCursor;
import io.metastore.server.cluster.AlarmTable;
import io.metastore.server.cluster.Origin;
import io.metastore.server.lease.LeaseTable;
import io.metastore.server.lease.LeaseWriter;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.LeaseId;
import io.metastore.server.mvcc.HistoryImport;
import io.metastore.server.mvcc.MvccStore;
import io.metastore.server.storage.Storage;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes the state in a file over into an empty storage, as if it were what the first entry of the log had left. What
/// was begun and not finished must be thrown away as a whole: the last batch tells that it is finished.
///
/// The position is that of the first entry of every log, index 0 of term 1. So the log begins behind it, and a member
/// that joins later is given the state and not the log. It is the lowest there is: a member that is restored by mistake
/// in a cluster that runs never seems to know more than the others, so it cannot come to lead them. That all began from
/// the same, in whatever cluster, is seen from the first command in the log, see `Origin`.
public final class StateImport {
    private static final Logger LOG = LoggerFactory.getLogger(StateImport.class);
    private static final Position FIRST = new Position(1, 0);
    private static final int ROWS_IN_BATCH = 1000;
    private static final int BYTES_IN_BATCH = 4 << 20;

    private final SnapshotFile file;
    private final Storage storage;
    private final LeaseTable leases;
    private final ContentDigest digest = new ContentDigest();
    private final HistoryImport history = new HistoryImport();

    private StateImport(SnapshotFile file, Storage storage) {
        this.file = file;
        this.storage = storage;
        this.leases = LeaseTable.open(storage);
    }

    /// Returns when everything is durable.
    ///
    /// @param storage empty
    /// @throws SnapshotException when the file is damaged, or holds what cannot be taken over
    public static void run(SnapshotFile file, Storage storage, Bump bump) {
        file.check();
        file.reading(() -> {
            new StateImport(file, storage).run(bump);
            return true;
        });
        storage.persist();
    }

    private void run(Bump bump) {
        importAuth();
        importLeases();
        var rows = new Walk();
        while (rows.more) {
            importHistory(rows);
        }
        finish(bump, rows);
        finishCompaction();
    }

    private void importAuth() {
        for (var bucket : List.of(Schema.AUTH, Schema.AUTH_USERS, Schema.AUTH_ROLES)) {
            for (var rows = file.rows(bucket); rows.next(); ) {
                digest.add(rows.key()).add(rows.value());
            }
        }
        try (var batch = storage.batch()) {
            AuthTable.open(storage).writer(batch).adopt(AuthBuckets.read(file));
            batch.commit();
        }
    }

    private void importLeases() {
        try (var batch = storage.batch()) {
            var granted = leases.writer(batch);
            for (var rows = file.rows(Schema.LEASE); rows.next(); ) {
                digest.add(rows.key()).add(rows.value());
                granted.adopt(Records.lease(rows.key(), rows.value()));
            }
            var alarms = AlarmTable.open(storage).writer(batch);
            for (var rows = file.rows(Schema.ALARM); rows.next(); ) {
                digest.add(rows.key());
                alarms.set(Records.alarm(rows.key()), true);
            }
            batch.commit();
            granted.adopted();
        }
    }

    /// Where in the history the import is.
    private final class Walk {
        final RowCursor rows = file.rows(Schema.KEY);
        boolean more = rows.next();
        long changes;
    }

    private void importHistory(Walk walk) {
        try (var batch = storage.batch()) {
            var attached = leases.writer(batch);
            int bytes = 0;
            for (int i = 0; walk.more && i < ROWS_IN_BATCH && bytes < BYTES_IN_BATCH; i++) {
                var key = walk.rows.key();
                var message = walk.rows.value();
                digest.add(key).add(message);
                attach(attached, history.add(batch, key, message));
                bytes += message.length();
                walk.changes++;
                walk.more = walk.rows.next();
            }
            batch.commit();
            history.settled();
        }
    }

    /// As etcd does when it loads a file: a lease that is not there is passed over.
    private static void attach(LeaseWriter leases, HistoryImport.Change change) {
        if (change.before().equals(change.after())) {
            return;
        }
        if (exists(leases, change.before())) {
            leases.detach(change.before(), change.key());
        }
        if (exists(leases, change.after())) {
            leases.attach(change.after(), change.key());
        }
    }

    /// A compaction that was under way in the file ends here, so that it leaves no hash of its own: with etcd, too, one
    /// that was interrupted leaves none.
    private void finishCompaction() {
        var compaction = MvccStore.open(storage).compaction();
        boolean more = true;
        while (more) {
            more = compaction.step();
        }
    }

    private static boolean exists(LeaseWriter leases, LeaseId lease) {
        return !lease.isNone() && leases.exists(lease);
    }

    private void finish(Bump bump, Walk walk) {
        long finished = file.compaction(Schema.FINISHED_COMPACTION);
        long scheduled = file.compaction(Schema.SCHEDULED_COMPACTION);
        try (var batch = storage.batch()) {
            if (!bump.isNone()) {
                scheduled = (walk.changes == 0 ? 0 : history.revision()) + bump.by();
                history.add(batch, Schema.revision(scheduled), Bytes.EMPTY);
            }
            long compacted = Math.max(finished, scheduled);
            history.finish(batch, compacted, finished);
            FIRST.write(batch);
            Origin.write(batch, digest.add(finished).add(scheduled).finish());
            batch.commit();
            LOG.atInfo()
                    .addKeyValue("changes", walk.changes)
                    .addKeyValue("revision", history.revision())
                    .addKeyValue("compacted", compacted)
                    .addKeyValue("leases", leases.all().size())
                    .log("the state of a snapshot was imported");
        }
    }
}
