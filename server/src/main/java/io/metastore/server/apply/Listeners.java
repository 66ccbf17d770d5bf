package io.metastore.server.apply;

import io.metastore.server.auth.TokenListener;
import io.metastore.server.lease.LeaseListener;
import io.metastore.server.mvcc.CommitListener;

/// Who is told of changes, on the applying thread, after the commit.
///
/// @param commands is told earlier than the others, see there
public record Listeners(CommitListener commits, LeaseListener leases, TokenListener tokens, CommandListener commands) {
    /// Where nobody asks how applying goes.
    public Listeners(CommitListener commits, LeaseListener leases, TokenListener tokens) {
        this(commits, leases, tokens, CommandListener.DEAF);
    }

    /// Where no tokens are made either.
    public Listeners(CommitListener commits, LeaseListener leases) {
        this(commits, leases, TokenListener.DEAF);
    }
}
