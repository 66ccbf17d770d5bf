package io.metastore.operator.member;

import io.metastore.operator.model.Role;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What one member answered about the whole cluster.
///
/// @param clusterId in hexadecimal digits
/// @param version stands for who belongs to the cluster; a change that expects it is refused after any
///     other one
/// @param confirmed a majority said in time that this is the newest list
/// @param pending what is still to be done until Raft's configuration follows the list, for people
public record Membership(
        String clusterId,
        OptionalLong leaderId,
        long term,
        String version,
        boolean confirmed,
        Optional<String> pending,
        List<Peer> members) {
    /// One member. What could not be learned is absent.
    ///
    /// @param name empty until it has started once
    /// @param started it has told its name once
    /// @param healthy the leader hears it, and it keeps up
    public record Peer(
            long id,
            String name,
            Role role,
            List<String> peerUrls,
            boolean started,
            boolean healthy,
            OptionalLong lag,
            Optional<Facts> facts) {
        public Peer {
            peerUrls = List.copyOf(peerUrls);
        }

        /// The host of its first peer URL up to the first dot: the name of a Pod, if it is one of ours.
        public String hostLabel() {
            return peerUrls.stream()
                    .findFirst()
                    .map(url -> URI.create(url).getHost())
                    .map(host -> host.replaceAll("\\..*", ""))
                    .orElse("");
        }
    }

    /// What a member says of itself.
    public record Facts(
            String version,
            OptionalLong appliedIndex,
            OptionalLong logBytes,
            OptionalLong dataBytes,
            OptionalLong lastContactMillis) {}

    public Membership {
        members = List.copyOf(members);
    }

    /// Whether a majority agrees on a leader.
    public boolean isQuorate() {
        return confirmed && leaderId.isPresent();
    }
}
