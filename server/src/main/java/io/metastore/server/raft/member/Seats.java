package io.metastore.server.raft.member;

import io.metastore.server.consensus.Members.Seat;
import io.metastore.server.model.MemberId;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.server.RaftServer;

/// Who votes and who is fed, by the newest configuration in this member's log.
///
/// @param settled that configuration is committed, and no change of it is under way; a change that is
///     under way counts nobody out who may still be asked for a vote
record Seats(Set<MemberId> voters, Set<MemberId> learners, boolean settled) {
    static Seats of(RaftServer.Division division) {
        var configuration = division.getRaftConf();
        boolean settled = configuration.getPreviousPeers().isEmpty()
                && configuration.getLogEntryIndex() <= division.getRaftLog().getLastCommittedIndex();
        return new Seats(members(division, RaftPeerRole.FOLLOWER), members(division, RaftPeerRole.LISTENER), settled);
    }

    private static Set<MemberId> members(RaftServer.Division division, RaftPeerRole role) {
        return division.getRaftConf().getAllPeers(role).stream()
                .map(peer -> RaftPeers.id(peer.getId()))
                .collect(Collectors.toUnmodifiableSet());
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
