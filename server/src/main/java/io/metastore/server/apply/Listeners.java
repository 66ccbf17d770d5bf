package io.metastore.server.apply;

import io.metastore.server.auth.TokenListener;
import io.metastore.server.lease.LeaseListener;
import io.metastore.server.mvcc.CommitListener;

/// Who is told of changes, on the applying thread, after the commit.
public record Listeners(CommitListener commits, LeaseListener leases, TokenListener tokens) {
    /// Where no tokens are made.
    public Listeners(CommitListener commits, LeaseListener leases) {
        this(commits, leases, TokenListener.DEAF);
    }
}
