package io.metastore.server.node;

import io.metastore.server.auth.AuthTable;
import io.metastore.server.cluster.AlarmTable;
import io.metastore.server.cluster.MemberTable;
import io.metastore.server.cluster.VersionTable;
import io.metastore.server.consensus.Consensus;
import io.metastore.server.identity.Passwords;
import io.metastore.server.identity.Tokens;
import io.metastore.server.lease.LeaseTable;
import io.metastore.server.mvcc.MvccStore;
import io.metastore.server.watch.WatchHub;

/// What the door opens to: the way into the log, the state that comes out of it, and the watchers.
public record NodeParts(Consensus consensus, State state, WatchHub watches, Background background, Identity identity) {
    /// The replicated state of this member, for reading.
    public record State(
            MvccStore store,
            LeaseTable leases,
            AlarmTable alarms,
            MemberTable members,
            AuthTable auth,
            VersionTable versions) {}

    /// How clients prove who they are.
    public record Identity(Tokens tokens, Passwords passwords) {}
}
