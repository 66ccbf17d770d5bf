package io.metastore.server.differential;

import io.metastore.server.differential.Script.Case;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/// Plays many cases, several at a time, since most of a case's time is waiting: for a server to start, for a lease to
/// expire, for silence.
final class Plays implements AutoCloseable {
    /// As many as keep a small machine busy.
    static final int MANY = 6;

    private final Function<Case, String> player;
    private final ExecutorService players;
    private final Map<Case, Future<String>> transcripts = new ConcurrentHashMap<>();

    /// @param player plays one case and returns its transcript, on any thread
    /// @param atOnce how many are played at the same time
    Plays(Function<Case, String> player, int atOnce) {
        this.player = player;
        this.players = Executors.newFixedThreadPool(atOnce);
    }

    /// Begins to play all of them. What takes longest goes first, so that nothing long is left at the end.
    void begin(List<Case> cases) {
        cases.stream()
                .sorted(Comparator.comparing(Case::restarts)
                        .thenComparing(each -> each.script().isFresh())
                        .reversed())
                .forEach(each -> transcripts.put(each, players.submit(() -> player.apply(each))));
    }

    /// What came of a case that was begun; waits for its end.
    ///
    /// @throws AssertionError when it could not be played to its end
    String transcript(Case each) throws InterruptedException {
        var transcript = transcripts.get(each);
        if (transcript == null) {
            throw new IllegalArgumentException("never begun: " + each.name());
        }
        try {
            return transcript.get();
        } catch (ExecutionException e) {
            throw new AssertionError(each.name() + ": " + e.getCause(), e);
        }
    }

    /// The transcript, or why there is none because the server did not do what the script waits for.
    String ending(Case each) throws InterruptedException {
        try {
            return transcript(each);
        } catch (AssertionError e) {
            return String.valueOf(e.getMessage());
        }
    }

    /// Gives up what is not played yet.
    @Override
    public void close() {
        players.shutdownNow();
        players.close();
    }
}
