package io.metastore.server.apply;

import io.metastore.server.auth.AuthTable;
import io.metastore.server.cluster.AlarmTable;
import io.metastore.server.cluster.MemberTable;
import io.metastore.server.cluster.VersionTable;
import io.metastore.server.lease.LeaseTable;
import io.metastore.server.mvcc.MvccStore;
import io.metastore.server.storage.Storage;

/// The parts of the replicated state; all of them live in one storage.
public record State(
        MvccStore store,
        LeaseTable leases,
        AlarmTable alarms,
        MemberTable members,
        AuthTable auth,
        VersionTable versions) {
    /// With the store's own choice of how much a compaction does in one step.
    public static State open(Storage storage) {
        return open(storage, MvccStore.open(storage));
    }

    /// Opens what the storage holds; without rows the state is fresh.
    ///
    /// @param changesInStep so many changes a compaction looks at in one step, at least 1
    public static State open(Storage storage, int changesInStep) {
        return open(storage, MvccStore.open(storage, changesInStep));
    }

    private static State open(Storage storage, MvccStore store) {
        return new State(
                store,
                LeaseTable.open(storage),
                AlarmTable.open(storage),
                MemberTable.open(storage),
                AuthTable.open(storage),
                VersionTable.open(storage));
    }

    /// Takes over what the storage holds now, after its rows were replaced.
    void reload() {
        // Before the keys: nobody may see new ones by rights that he had in the old state.
        auth.reload();
        store.reload();
        leases.reload();
        alarms.reload();
        members.reload();
        versions.reload();
    }
}
