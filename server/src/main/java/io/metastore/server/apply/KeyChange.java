package io.metastore.server.apply;

import io.metastore.server.lease.LeaseWriter;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyValue;
import io.metastore.server.model.LeaseId;
import io.metastore.server.mvcc.MvccTxn;
import io.metastore.server.request.DeleteRange;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Outcome.DeleteDone;
import io.metastore.server.request.Outcome.PutDone;
import io.metastore.server.request.Put;
import io.metastore.server.request.Reason;
import java.util.List;
import java.util.Optional;

/// One put or delete, with what it means for leases: a key belongs to the lease of its last put, or to none.
final class KeyChange {
    private final Writers writers;

    KeyChange(Writers writers) {
        this.writers = writers;
    }

    /// A put as a request of its own.
    Outcome put(Put put) {
        var txn = writers.store().begin();
        var refusal = refusal(txn, put);
        if (refusal.isPresent()) {
            txn.finish();
            return new Outcome.Refused(refusal.get());
        }
        var done = put(txn, put);
        txn.finish();
        return done;
    }

    /// A delete as a request of its own.
    Outcome delete(DeleteRange delete) {
        var txn = writers.store().begin();
        var done = delete(txn, delete);
        txn.finish();
        return done;
    }

    /// Why the put cannot be made on the state that `txn` shows.
    Optional<Reason> refusal(MvccTxn txn, Put put) {
        if (!put.lease().isNone() && !leases().exists(put.lease())) {
            return Optional.of(Reason.LEASE_NOT_FOUND);
        }
        boolean needsKey = put.keepValue() || put.keepLease();
        return needsKey && !txn.numbers(put.key()).exists() ? Optional.of(Reason.KEY_NOT_FOUND) : Optional.empty();
    }

    /// Makes a put that was found possible. Should the key that it keeps something of be gone, nothing is kept: the
    /// checks at the door let no transaction delete a key and put it again.
    PutDone put(MvccTxn txn, Put put) {
        var key = put.key();
        var value = put.keepValue() ? txn.get(key).map(KeyValue::value).orElse(Bytes.EMPTY) : put.value();
        var lease = put.keepLease() ? txn.numbers(key).lease() : put.lease();
        if (put.previous()) {
            var previous = txn.exchange(key, value, lease);
            moveKey(key, previous.map(KeyValue::lease).orElse(LeaseId.NONE), lease);
            return new PutDone(txn.revision(), previous.stream().toList());
        }
        moveKey(key, txn.put(key, value, lease).lease(), lease);
        return new PutDone(txn.revision(), List.of());
    }

    DeleteDone delete(MvccTxn txn, DeleteRange delete) {
        if (delete.keys().isSingle() && !delete.previous()) {
            return delete(txn, delete.keys().from());
        }
        var previous = txn.delete(delete.keys());
        previous.forEach(gone -> moveKey(gone.key(), gone.lease(), LeaseId.NONE));
        return new DeleteDone(txn.revision(), previous.size(), delete.previous() ? previous : List.of());
    }

    private DeleteDone delete(MvccTxn txn, Bytes key) {
        var previous = txn.delete(key);
        moveKey(key, previous.lease(), LeaseId.NONE);
        return new DeleteDone(txn.revision(), previous.exists() ? 1 : 0, List.of());
    }

    private void moveKey(Bytes key, LeaseId from, LeaseId to) {
        if (from.equals(to)) {
            return;
        }
        if (!from.isNone()) {
            leases().detach(from, key);
        }
        if (!to.isNone()) {
            leases().attach(to, key);
        }
    }

    private LeaseWriter leases() {
        return writers.leases();
    }
}
