package io.metastore.server.apply;

import io.metastore.server.auth.AuthWriter;
import io.metastore.server.cluster.AlarmWriter;
import io.metastore.server.cluster.MemberWriter;
import io.metastore.server.cluster.VersionWriter;
import io.metastore.server.lease.LeaseWriter;
import io.metastore.server.mvcc.MvccWriter;
import io.metastore.server.storage.Batch;

/// The writing sides of the state's parts, over one batch.
record Writers(
        Batch batch,
        MvccWriter store,
        LeaseWriter leases,
        AlarmWriter alarms,
        MemberWriter members,
        AuthWriter auth,
        VersionWriter versions) {
    static Writers of(State state, Batch batch) {
        return new Writers(
                batch,
                state.store().writer(batch),
                state.leases().writer(batch),
                state.alarms().writer(batch),
                state.members().writer(batch),
                state.auth().writer(batch),
                state.versions().writer(batch));
    }

    /// Makes the committed batch visible to readers, all of it before anyone is told.
    void published(Listeners listeners) {
        // Before the keys: who may not read what comes now must not be let in by an older state.
        auth.published(listeners.tokens());
        alarms.published();
        members.published();
        versions.published();
        store.published();
        leases.published(listeners.leases());
        store.commits().forEach(commit -> listeners.commits().committed(commit.revision(), commit.events()));
    }
}
