package io.metastore.server.raft.member;

import io.metastore.server.consensus.Members.Seat;
import io.metastore.server.model.MemberId;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftServer;

/// Who votes and who is fed, by the newest configuration in this member's log.
///
/// @param witnesses those of both that are known as such
/// @param settled that configuration is committed, and no change of it is under way; a change that is
///     under way counts nobody out who may still be asked for a vote
record Seats(Set<MemberId> voters, Set<MemberId> learners, Set<MemberId> witnesses, boolean settled) {
    /// Without witnesses.
    Seats(Set<MemberId> voters, Set<MemberId> learners, boolean settled) {
        this(voters, learners, Set.of(), settled);
    }

    static Seats of(RaftServer.Division division) {
        var configuration = division.getRaftConf();
        boolean settled = configuration.getPreviousPeers().isEmpty()
                && configuration.getLogEntryIndex() <= division.getRaftLog().getLastCommittedIndex();
        var voters = configuration.getAllPeers(RaftPeerRole.FOLLOWER);
        var learners = configuration.getAllPeers(RaftPeerRole.LISTENER);
        return new Seats(
                ids(voters.stream()),
                ids(learners.stream()),
                ids(Stream.concat(voters.stream(), learners.stream()).filter(RaftPeers::isWitness)),
                settled);
    }

    private static Set<MemberId> ids(Stream<RaftPeer> peers) {
        return peers.map(peer -> RaftPeers.id(peer.getId())).collect(Collectors.toUnmodifiableSet());
    }

    Seat seatOf(MemberId member) {
        if (voters.contains(member)) {
            return Seat.VOTER;
        }
        return learners.contains(member) ? Seat.LEARNER : Seat.NONE;
    }

    Stream<MemberId> all() {
        return Stream.concat(voters.stream(), learners.stream());
    }
}
