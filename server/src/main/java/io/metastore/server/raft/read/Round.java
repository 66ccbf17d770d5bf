package io.metastore.server.raft.read;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;

/// What a leader knew when a round began, and who has agreed since that it is the leader. Done when a majority has,
/// with the index that was committed at the beginning.
final class Round {
    private final DivisionInfo info;
    private final RaftPeerId self;
    private final long term;
    private final RaftConfiguration configuration;
    private final long index;
    private final Set<RaftPeerId> agreed = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Long> result = new CompletableFuture<>();

    /// Begins; it has failed at once when this member does not lead.
    Round(RaftServer.Division division) {
        info = division.getInfo();
        self = division.getId();
        term = info.getCurrentTerm(); // This order matters: the term, that it leads, the voters, the index.
        boolean leads = info.isLeaderReady();
        configuration = division.getRaftConf();
        index = division.getRaftLog().getLastCommittedIndex();
        agreed.add(self);
        if (leads) {
            tally();
        } else {
            fail();
        }
    }

    CompletableFuture<Long> result() {
        return result;
    }

    boolean isDone() {
        return result.isDone();
    }

    /// A voter said in which term it is; it was asked, or came by itself, after the readers of this round.
    void heard(RaftPeerId voter, long itsTerm) {
        if (itsTerm == term && agreed.add(voter)) {
            tally();
        }
    }

    boolean hasAgreed(RaftPeer voter) {
        return agreed.contains(voter.getId());
    }

    void fail() {
        result.completeExceptionally(new NotLeadingException());
    }

    /// The voters but this member, each once.
    List<RaftPeer> others() {
        return configuration.getAllPeers().stream()
                .filter(voter -> !voter.getId().equals(self))
                .toList();
    }

    /// So many of the others must agree at least.
    int needed() {
        return configuration.getPreviousPeers().isEmpty()
                ? configuration.getCurrentPeers().size() / 2
                : others().size();
    }

    private void tally() {
        if (isMajority(configuration.getCurrentPeers()) && isMajority(configuration.getPreviousPeers())) {
            if (info.getCurrentTerm() == term) {
                result.complete(index);
            } else {
                fail();
            }
        }
    }

    private boolean isMajority(Collection<RaftPeer> voters) {
        long yes = voters.stream().filter(this::hasAgreed).count();
        return voters.isEmpty() || 2 * yes > voters.size();
    }
}
