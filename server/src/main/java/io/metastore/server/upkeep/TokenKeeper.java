package io.metastore.server.upkeep;

import io.metastore.server.consensus.Proposer;
import io.metastore.server.identity.SimpleTokens;
import io.metastore.server.request.AuthCommand;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/// Tells the cluster which simple tokens are used at this member, so that they stay valid at the others; and
/// while this member leads, takes those out of the state that nobody uses. What is refused is tried again with
/// the next use, or in the next round.
public final class TokenKeeper implements AutoCloseable {
    private static final int MOST_AT_ONCE = 10_000;
    private static final long SHORTEST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;

    private final SimpleTokens tokens;
    private final Proposer proposer;
    private final BooleanSupplier leads;
    private final long pauseNanos;
    private final Worker worker = new Worker(this::round);
    private final AtomicBoolean dropping = new AtomicBoolean();

    /// Has no thread yet.
    TokenKeeper(SimpleTokens tokens, Proposer proposer, BooleanSupplier leads) {
        this.tokens = tokens;
        this.proposer = proposer;
        this.leads = leads;
        long pause = Math.clamp(tokens.ttl().toMillis() / 8, SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS);
        this.pauseNanos = Duration.ofMillis(pause).toNanos();
    }

    /// Begins to keep track, with a thread of its own.
    ///
    /// @param leads whether this member leads; asked from the keeper's thread
    public static TokenKeeper start(SimpleTokens tokens, Proposer proposer, BooleanSupplier leads) {
        var keeper = new TokenKeeper(tokens, proposer, leads);
        keeper.worker.start("token-keeper");
        return keeper;
    }

    @Override
    public void close() {
        worker.close();
    }

    /// Takes one turn in place of the thread, which must not have been started; returns the nanoseconds until
    /// the next is due.
    long turn() {
        return worker.turn();
    }

    private long round() {
        var used = tokens.usedSinceKept(MOST_AT_ONCE);
        if (!used.isEmpty()) {
            proposer.propose(new AuthCommand.KeepTokens(used), _ -> {});
        }
        if (leads.getAsBoolean() && !dropping.get()) {
            drop();
        }
        return pauseNanos;
    }

    private void drop() {
        var over = tokens.over(MOST_AT_ONCE);
        if (!over.isEmpty()) {
            dropping.set(true);
            proposer.propose(new AuthCommand.DropTokens(over), _ -> dropping.set(false));
        }
    }
}
