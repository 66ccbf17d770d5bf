package io.metastore.server.identity;

import io.metastore.server.request.Caller;
import java.util.Optional;

/// What clients show in place of their password. The kinds are etcd's.
public sealed interface Tokens permits SimpleTokens, SignedTokens, NoTokens {
    /// Who shows this token; nothing when nobody was given it, or its time is over.
    ///
    /// @param authRevision the revision of users and roles now
    Optional<Caller> caller(String token, long authRevision);

    /// Whether the token may become known when this member has applied more of the log.
    ///
    /// @param appliedIndex how much it has applied
    boolean mayBecomeKnown(String token, long appliedIndex);
}
