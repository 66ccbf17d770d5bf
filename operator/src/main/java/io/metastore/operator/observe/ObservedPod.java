package io.metastore.operator.observe;

import io.metastore.operator.model.MemberName;
import io.metastore.operator.model.ObjectId;
import java.time.Instant;
import java.util.Optional;

/// A member's Pod.
///
/// @param hash of what it was made from
/// @param joins the members that it was told of, for a member without data
/// @param terminating it has been deleted and is not gone yet
/// @param running its server's process runs
/// @param since when `ready` became what it is
/// @param marked whether its labels say that it leads
/// @param servesClients it is no witness
/// @param address nothing until it has one
public record ObservedPod(
        MemberName name,
        ObjectId id,
        String hash,
        String image,
        String joins,
        boolean terminating,
        boolean running,
        boolean ready,
        Instant since,
        boolean marked,
        boolean servesClients,
        Optional<String> address,
        Optional<Site> site,
        Optional<String> trouble) {
    /// Where it runs.
    ///
    /// @param cordoned the node takes no more Pods
    public record Site(String node, Optional<String> zone, boolean cordoned) {}
}
