package io.metastore.server.raft.read;

import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;

/// The leader confirms that it leads by asking the voters for their term. Ratis's own linearizable reads are not
/// used: they may take an old acknowledgement for a new one and then serve old data.
///
/// A voter raises its term before it votes, so one that says T after the read arrived has not taken part in an
/// election above T before. When a majority says so, nobody leads in a higher term yet, and whatever was
/// acknowledged before is covered by this leader's commit index. No clock is involved.
public final class LeaderRounds implements IndexSource {
    private final RaftServer.Division division;
    private final Confirmation confirmation;
    private final Patience patience;
    private final LongConsumer termSeen;
    /// Voters that did not answer in time when they were asked last: others are asked before them.
    private final Set<RaftPeerId> late = ConcurrentHashMap.newKeySet();
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

    /// A member and the term that it was in after the readers came for whom it asks.
    public record Word(RaftPeerId member, long term) {}

    /// How long a round waits.
    ///
    /// @param before the voters beyond the first few are asked, when these are not enough; zero asks all at once
    /// @param timeout after which a round without a majority has failed
    public record Patience(Duration before, Duration timeout, ScheduledExecutorService timer) {}

    /// Rounds are begun when a reader comes.
    ///
    /// @param termSeen told the term in each answer
    public LeaderRounds(
            RaftServer.Division division, Confirmation confirmation, Patience patience, LongConsumer termSeen) {
        this.division = division;
        this.confirmation = confirmation;
        this.patience = patience;
        this.termSeen = termSeen;
    }

    /// The index for readers of another member. Its word is as good as an answer to a question of ours, so with
    /// three members nobody else need be asked.
    public CompletableFuture<Long> readIndex(Word word) {
        var round = new Round(division);
        round.heard(word.member(), word.term());
        termSeen.accept(word.term());
        return round.isDone() ? round.result() : readIndex();
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

    private void start(CompletableFuture<Long> joined) {
        var round = new Round(division);
        var _ = round.result().whenComplete((index, failure) -> {
            if (failure == null) {
                joined.complete(index);
            } else {
                joined.completeExceptionally(failure);
            }
            startNext();
        });
        ask(round);
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

    /// Asks as many voters as are needed, and the others when these have not answered after a while.
    private void ask(Round round) {
        if (round.isDone()) {
            return;
        }
        var voters = round.others().stream()
                .sorted(Comparator.comparing(voter -> late.contains(voter.getId())))
                .toList();
        int needed = patience.before().isZero() ? voters.size() : round.needed();
        var first = voters.subList(0, Math.min(needed, voters.size()));
        first.forEach(voter -> ask(round, voter));
        if (!round.isDone()) {
            var waiting = later(patience.before(), () -> {
                first.stream().filter(voter -> !round.hasAgreed(voter)).forEach(voter -> late.add(voter.getId()));
                voters.stream().skip(first.size()).forEach(voter -> ask(round, voter));
                endInTime(round);
            });
            var _ = round.result().whenComplete((_, _) -> waiting.cancel(false));
        }
    }

    private void ask(Round round, RaftPeer voter) {
        var _ = confirmation.confirm(voter.getAddress()).thenAccept(term -> {
            late.remove(voter.getId());
            termSeen.accept(term);
            round.heard(voter.getId(), term);
        });
    }

    private void endInTime(Round round) {
        var waiting = later(patience.timeout(), round::fail);
        var _ = round.result().whenComplete((_, _) -> waiting.cancel(false));
    }

    private Future<?> later(Duration delay, Runnable task) {
        return patience.timer().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
}
