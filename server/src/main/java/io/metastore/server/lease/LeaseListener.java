package io.metastore.server.lease;

import io.metastore.server.model.LeaseId;
import java.util.List;

/// Is told what became of leases, after the commit and in the order of the changes. Calls come from the thread that
/// applies commands: an implementation queues what it hears and returns.
public interface LeaseListener {
    void granted(Lease lease);

    void revoked(LeaseId id);

    /// The note of the remaining time changed; `lease` is how it is now.
    void checkpointed(Lease lease);

    /// Everything heard before is void: these are the leases of a state that was taken over whole, in no order.
    void reloaded(List<Lease> all);
}
