package io.metastore.server.raft.election;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftConfiguration;

/// Who of the voters would vote for this member. Thread-safe.
final class Ballot {
    private final RaftConfiguration configuration;
    private final Set<RaftPeerId> granted = new HashSet<>();
    private boolean won;

    Ballot(RaftConfiguration configuration, RaftPeerId self) {
        this.configuration = configuration;
        granted.add(self);
    }

    /// One more would; whether that makes the majority, which one of them does.
    synchronized boolean isWonBy(RaftPeerId voter) {
        granted.add(voter);
        if (won || !isMajority(configuration.getCurrentPeers()) || !isMajority(configuration.getPreviousPeers())) {
            return false;
        }
        won = true;
        return true;
    }

    private boolean isMajority(Collection<RaftPeer> voters) {
        long yes =
                voters.stream().filter(voter -> granted.contains(voter.getId())).count();
        return voters.isEmpty() || 2 * yes > voters.size();
    }
}
