package io.metastore.server.raft.read;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;

/// The leader confirms that it leads by asking the voters for their term. Ratis's own linearizable reads are
/// not used: they may take an old acknowledgement for a new one and then serve old data.
///
/// A voter raises its term before it votes, so one that says T after the read arrived has not taken part in an
/// election above T before. When a majority says so, nobody leads in a higher term yet, and whatever was
/// acknowledged before is covered by this leader's commit index. No clock is involved.
public final class LeaderRounds implements IndexSource {
    private final RaftServer.Division division;
    private final Confirmation confirmation;
    private final Duration timeout;
    private final LongConsumer termSeen;
    // Guarded by this: one round is on its way, and those that came after it began wait for the next.
    private CompletableFuture<Long> next = new CompletableFuture<>();
    private boolean nextIsWanted;
    private boolean running;

    /// Asks a voter.
    @FunctionalInterface
    public interface Confirmation {
        /// The term of the member at `address`, read after this call was made.
        CompletableFuture<Long> confirm(String address);
    }

    /// @param timeout after which a round without a majority has failed
    /// @param termSeen told the term in each answer
    public LeaderRounds(
            RaftServer.Division division, Confirmation confirmation, Duration timeout, LongConsumer termSeen) {
        this.division = division;
        this.confirmation = confirmation;
        this.timeout = timeout;
        this.termSeen = termSeen;
    }

    @Override
    public CompletableFuture<Long> readIndex() {
        CompletableFuture<Long> joined;
        synchronized (this) {
            joined = next;
            if (running) {
                nextIsWanted = true;
                return joined;
            }
            running = true;
            next = new CompletableFuture<>();
        }
        start(joined);
        return joined;
    }

    private void start(CompletableFuture<Long> round) {
        var _ = ask().whenComplete((index, failure) -> {
            if (failure == null) {
                round.complete(index);
            } else {
                round.completeExceptionally(failure);
            }
            startNext();
        });
    }

    /// Begins the next round if anybody has joined it.
    private void startNext() {
        CompletableFuture<Long> joined;
        synchronized (this) {
            running = nextIsWanted;
            if (!nextIsWanted) {
                return;
            }
            nextIsWanted = false;
            joined = next;
            next = new CompletableFuture<>();
        }
        start(joined);
    }

    private CompletableFuture<Long> ask() {
        var info = division.getInfo();
        long term = info.getCurrentTerm(); // This order matters: the term, that it leads, the voters, the index.
        if (!info.isLeaderReady()) {
            return CompletableFuture.failedFuture(new NotLeadingException());
        }
        var configuration = division.getRaftConf();
        long index = division.getRaftLog().getLastCommittedIndex();
        Set<RaftPeerId> same = ConcurrentHashMap.newKeySet();
        same.add(division.getId());
        var done = new CompletableFuture<Long>();
        Runnable tally = () -> {
            if (isMajority(configuration.getCurrentPeers(), same)
                    && isMajority(configuration.getPreviousPeers(), same)) {
                if (info.getCurrentTerm() == term) {
                    done.complete(index);
                } else {
                    done.completeExceptionally(new NotLeadingException());
                }
            }
        };
        for (var voter : configuration.getAllPeers()) {
            if (!voter.getId().equals(division.getId())) {
                var _ = confirmation.confirm(voter.getAddress()).thenAccept(answer -> {
                    termSeen.accept(answer);
                    if (answer == term && same.add(voter.getId())) {
                        tally.run();
                    }
                });
            }
        }
        tally.run();
        return done.isDone() ? done : done.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static boolean isMajority(Collection<RaftPeer> voters, Set<RaftPeerId> same) {
        long yes = voters.stream().filter(voter -> same.contains(voter.getId())).count();
        return voters.isEmpty() || 2 * yes > voters.size();
    }
}
