package io.metastore.server.node;

import io.metastore.server.model.LeaseId;
import io.metastore.server.request.Reason;
import java.util.List;

/// All leases, or why they cannot be told.
public sealed interface LeaseList {
    /// Those that expire first are at the front if this member knows when, else they are in the order of their ids.
    record Leases(List<LeaseId> ids) implements LeaseList {}

    record Refused(Reason reason) implements LeaseList {}
}
