package io.metastore.server.consensus;

import io.metastore.server.model.MemberId;
import io.metastore.server.model.MembersVersion;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the leader knows of the cluster.
///
/// @param commitIndex read before the indexes in `contacts`
/// @param silentMillis how long ago each of the others was heard
/// @param version of the members, as the leader has applied them
/// @param voters who may be asked for a vote
public record Leading(
        Contacts.Known contacts,
        long commitIndex,
        Map<MemberId, Long> silentMillis,
        MembersVersion version,
        Set<MemberId> voters,
        Optional<PendingChange> pending) {
    public Leading {
        silentMillis = Map.copyOf(silentMillis);
        voters = Set.copyOf(voters);
    }
}
