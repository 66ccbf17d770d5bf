package io.metastore.server.lease;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.LeaseId;
import io.metastore.server.storage.Batch;
import io.metastore.server.storage.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The changes that one batch makes to leases. Reads here see them at once, the table sees them when they are
/// published. For the thread that applies commands.
public final class LeaseWriter {
    private final LeaseTable table;
    private final Batch batch;
    private final List<LeaseChange> changes = new ArrayList<>();
    /// What the leases changed here are now; empty stands for a lease that was removed.
    private final Map<LeaseId, Optional<Lease>> changed = new HashMap<>();

    LeaseWriter(LeaseTable table, Batch batch) {
        this.table = table;
        this.batch = batch;
    }

    public boolean exists(LeaseId id) {
        return find(id).isPresent();
    }

    public Optional<Lease> find(LeaseId id) {
        return changed.containsKey(id) ? changed.getOrDefault(id, Optional.empty()) : table.find(id);
    }

    /// Opens a lease with its full TTL.
    ///
    /// @throws IllegalStateException when the lease exists
    public void grant(LeaseId id, long ttlSeconds) {
        if (exists(id)) {
            throw new IllegalStateException("lease " + id.number() + " exists");
        }
        var lease = new Lease(id, ttlSeconds, 0);
        store(lease);
        changes.add(new LeaseChange.Granted(lease));
    }

    /// Opens a lease that was granted elsewhere, with what it has left.
    ///
    /// @throws IllegalStateException when the lease exists
    public void adopt(Lease lease) {
        if (exists(lease.id())) {
            throw new IllegalStateException("lease " + lease.id().number() + " exists");
        }
        store(lease);
        changes.add(new LeaseChange.Granted(lease));
    }

    /// Removes a lease and detaches its keys, which stay in the key space.
    ///
    /// @throws IllegalStateException when there is no such lease
    public void remove(LeaseId id) {
        existing(id);
        keys(id).forEach(key -> detach(id, key));
        batch.delete(Column.LEASES, LeaseRow.key(id));
        changed.put(id, Optional.empty());
        changes.add(new LeaseChange.Revoked(id));
    }

    /// Notes how long the lease has left; 0 clears the note.
    ///
    /// @throws IllegalStateException when there is no such lease
    public void checkpoint(LeaseId id, long remainingSeconds) {
        var lease = new Lease(id, existing(id).ttlSeconds(), remainingSeconds);
        store(lease);
        changes.add(new LeaseChange.Checkpointed(lease));
    }

    /// The keys attached to a lease, in their order.
    public List<Bytes> keys(LeaseId id) {
        return LeaseTable.keys(batch, id);
    }

    /// Ties `key` to the lease. A key that is tied to another lease is detached from it by the caller first.
    public void attach(LeaseId id, Bytes key) {
        batch.put(Column.LEASES, LeaseRow.attachment(id, key), Bytes.EMPTY);
    }

    public void detach(LeaseId id, Bytes key) {
        batch.delete(Column.LEASES, LeaseRow.attachment(id, key));
    }

    /// Makes the changes visible in the table and tells them to `listener`; after the batch was committed.
    public void published(LeaseListener listener) {
        changes.forEach(table::publish);
        changes.forEach(change -> change.tell(listener));
    }

    /// As `published`, before there is anybody who listens.
    public void adopted() {
        changes.forEach(table::publish);
    }

    private void store(Lease lease) {
        batch.put(Column.LEASES, LeaseRow.key(lease.id()), LeaseRow.value(lease));
        changed.put(lease.id(), Optional.of(lease));
    }

    private Lease existing(LeaseId id) {
        return find(id).orElseThrow(() -> new IllegalStateException("there is no lease " + id.number()));
    }
}
