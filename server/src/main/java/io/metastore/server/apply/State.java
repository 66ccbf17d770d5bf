package io.metastore.server.apply;

import io.metastore.server.auth.AuthTable;
import io.metastore.server.cluster.AlarmTable;
import io.metastore.server.cluster.MemberTable;
import io.metastore.server.lease.LeaseTable;
import io.metastore.server.mvcc.MvccStore;
import io.metastore.server.storage.Storage;

/// The parts of the replicated state; all of them live in one storage.
public record State(MvccStore store, LeaseTable leases, AlarmTable alarms, MemberTable members, AuthTable auth) {
    public static State open(Storage storage) {
        return new State(
                MvccStore.open(storage),
                LeaseTable.open(storage),
                AlarmTable.open(storage),
                MemberTable.open(storage),
                AuthTable.open(storage));
    }

    /// Takes over what the storage holds now, after its rows were replaced.
    void reload() {
        // Before the keys: nobody may see new ones by rights that he had in the old state.
        auth.reload();
        store.reload();
        leases.reload();
        alarms.reload();
        members.reload();
    }
}
