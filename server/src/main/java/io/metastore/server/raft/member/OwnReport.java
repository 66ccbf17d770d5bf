package io.metastore.server.raft.member;

import io.metastore.server.consensus.Contacts;
import io.metastore.server.consensus.Leading;
import io.metastore.server.consensus.MemberReport;
import io.metastore.server.consensus.Vitals;
import io.metastore.server.model.MemberId;
import io.metastore.server.model.Membership;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;

/// What this member says of itself and, while it leads, of the others. From any thread.
public final class OwnReport {
    private final RaftServer.Division division;
    private final Supplier<Membership> members;
    private final ContactBook contacts;
    private final Reconfiguration reconfiguration;

    /// @param members who belongs to the cluster, as far as it was applied here
    public OwnReport(
            RaftServer.Division division,
            Supplier<Membership> members,
            ContactBook contacts,
            Reconfiguration reconfiguration) {
        this.division = division;
        this.members = members;
        this.contacts = contacts;
        this.reconfiguration = reconfiguration;
    }

    /// How it is now.
    ///
    /// @param appliedIndex of the last entry whose effect can be read here
    public MemberReport make(long appliedIndex, Optional<Vitals> vitals) {
        // First, or those who are told to be behind it might only have been looked at earlier.
        long committed = division.getRaftLog().getLastCommittedIndex();
        Optional<Leading> leading = contacts.read() instanceof Contacts.Known known
                ? Optional.of(leading(known, committed))
                : Optional.empty();
        return new MemberReport(
                RaftPeers.id(division.getId()), division.getInfo().getCurrentTerm(), appliedIndex, vitals, leading);
    }

    private Leading leading(Contacts.Known known, long committed) {
        return new Leading(
                known,
                committed,
                silence(),
                members.get().version(),
                Seats.of(division).voters(),
                reconfiguration.pending());
    }

    private Map<MemberId, Long> silence() {
        var silence = new HashMap<MemberId, Long>();
        for (var peer : division.getInfo().getRoleInfoProto().getLeaderInfo().getFollowerInfoList()) {
            silence.put(RaftPeers.id(RaftPeerId.valueOf(peer.getId().getId())), peer.getLastRpcElapsedTimeMs());
        }
        return silence;
    }
}
