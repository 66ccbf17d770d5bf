package io.metastore.server.raft;

import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.raft.member.RaftPeers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.ratis.protocol.RaftPeer;

/// Who this member is in its cluster and where it keeps its log.
///
/// @param incarnation counts the starts of this member on its disk, from 1
/// @param founders the first members, this one among them; used once, when there is no log yet. A voter
///     that joins a cluster knows of none then, and a learner that joins of itself only: the cluster adds them
/// @param format whether the log is to be made now; otherwise it must be there
/// @param acquaintances places (host:port) of other members that the settings name: to be asked whether this one still
///     belongs to the cluster, by a member that was never told of anybody else
/// @param alone this member, if it is to go on without all others: with a log that is there
/// @param witness whether this member keeps no keys, and gives leadership away
/// @param directory holds Ratis's files only
public record RaftStart(
        long clusterId,
        MemberId self,
        long incarnation,
        List<Founder> founders,
        List<String> acquaintances,
        boolean format,
        Optional<Founder> alone,
        boolean witness,
        Path directory,
        Address listen,
        Transfers transfers) {
    /// Where states of members are on their way, both on the volume of the store. What was on its way out is removed at
    /// a start; what came in is gone on with, or removed after a while.
    ///
    /// @param engine members give their state only to those with the same
    /// @param bytesPerSecond how fast this member's state goes out, to all together; 0 for no limit
    public record Transfers(String engine, Path outgoing, Path incoming, long bytesPerSecond) {}

    /// A first member and where its peers reach it.
    ///
    /// @param peerUrls what the table of members is to hold
    public record Founder(MemberId id, Address address, List<String> peerUrls, boolean learner) {
        /// As it is put into Ratis's first configuration.
        RaftPeer peer() {
            return RaftPeers.peer(Member.unstarted(id, peerUrls, learner), address.toString());
        }
    }

    /// An empty host means every address of this machine when listening.
    public record Address(String host, int port) {
        @Override
        public String toString() {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }
}
