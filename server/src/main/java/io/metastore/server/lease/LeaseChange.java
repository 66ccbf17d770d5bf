package io.metastore.server.lease;

import io.metastore.server.model.LeaseId;

/// What a batch does to one lease.
sealed interface LeaseChange {
    record Granted(Lease lease) implements LeaseChange {}

    record Checkpointed(Lease lease) implements LeaseChange {}

    record Revoked(LeaseId id) implements LeaseChange {}

    default void tell(LeaseListener listener) {
        switch (this) {
            case Granted(var lease) -> listener.granted(lease);
            case Checkpointed(var lease) -> listener.checkpointed(lease);
            case Revoked(var id) -> listener.revoked(id);
        }
    }
}
