package io.metastore.server.lease;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.LeaseId;
import io.metastore.server.storage.Batch;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.Reader;
import io.metastore.server.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The leases that are granted and not revoked, and the keys attached to them, as of the last published batch. The
/// leases themselves are also held on the heap, so that checking one is no look-up in the engine; attached keys are
/// not, since there may be any number of them.
///
/// Writing belongs to the thread that applies commands; everything else may be called from any thread.
public final class LeaseTable {
    private final Storage storage;
    private volatile Map<LeaseId, Lease> leases;

    private LeaseTable(Storage storage) {
        this.storage = storage;
        this.leases = read(storage);
    }

    public static LeaseTable open(Storage storage) {
        return new LeaseTable(storage);
    }

    /// Takes over what the storage holds now, after its rows were replaced.
    public void reload() {
        leases = read(storage);
    }

    public Optional<Lease> find(LeaseId id) {
        return Optional.ofNullable(leases.get(id));
    }

    public boolean exists(LeaseId id) {
        return leases.containsKey(id);
    }

    /// All leases, in no order.
    public List<Lease> all() {
        return List.copyOf(leases.values());
    }

    /// The keys attached to a lease, in their order; none when there is no such lease.
    public List<Bytes> keys(LeaseId id) {
        try (var snapshot = storage.snapshot()) {
            return keys(snapshot, id);
        }
    }

    /// The changes of `batch`, which the writer does not commit or close.
    public LeaseWriter writer(Batch batch) {
        return new LeaseWriter(this, batch);
    }

    void publish(LeaseChange change) {
        switch (change) {
            case LeaseChange.Granted(var lease) -> leases.put(lease.id(), lease);
            case LeaseChange.Checkpointed(var lease) -> leases.put(lease.id(), lease);
            case LeaseChange.Revoked(var id) -> leases.remove(id);
        }
    }

    static List<Bytes> keys(Reader reader, LeaseId id) {
        var keys = new ArrayList<Bytes>();
        try (var rows = reader.scan(Column.LEASES, LeaseRow.attachments(id))) {
            while (rows.next()) {
                keys.add(LeaseRow.attachedKey(rows.key()));
            }
        }
        return keys;
    }

    /// All leases in a state that is read elsewhere, in the order of their signed ids.
    public static List<Lease> all(Reader reader) {
        var leases = new ArrayList<Lease>();
        try (var rows = reader.scan(Column.LEASES, LeaseRow.LEASES)) {
            while (rows.next()) {
                leases.add(LeaseRow.lease(rows.key(), rows.value()));
            }
        }
        return leases;
    }

    private static Map<LeaseId, Lease> read(Storage storage) {
        var leases = new ConcurrentHashMap<LeaseId, Lease>();
        try (var snapshot = storage.snapshot()) {
            all(snapshot).forEach(lease -> leases.put(lease.id(), lease));
        }
        return leases;
    }
}
