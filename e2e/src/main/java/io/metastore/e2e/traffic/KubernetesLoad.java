package io.metastore.e2e.traffic;

import io.metastore.e2e.history.Answer;
import io.metastore.e2e.history.Answer.Result;
import io.metastore.e2e.history.Call;
import io.metastore.e2e.history.Compare;
import io.metastore.e2e.history.Keys;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/// The shapes of an API server: objects that are created, changed and deleted by transactions on their last
/// change, lists in pages at one revision, and compactions of what is some seconds old, agreed on by a key.
final class KubernetesLoad implements Load {
    private static final String PREFIX = "registry/pods/";
    private static final String COMPACTION = "compact_rev_key";
    private static final long PAGE = 5;
    private static final int OBJECTS = 20;
    private static final Duration KEPT = Duration.ofSeconds(6);
    private static final int CALLS_BETWEEN_COMPACTIONS = 100;

    /// A revision and the time at which it was the newest.
    private record Moment(long revision, long nanos) {}

    private final int client;
    private final Random random;
    private final Seen seen = new Seen();
    private final Deque<Moment> moments = new ArrayDeque<>();
    private final Deque<Call> planned = new ArrayDeque<>();
    private long calls;
    private long old = 1;

    KubernetesLoad(int client, Random random) {
        this.client = client;
        this.random = random;
    }

    @Override
    public Call next() {
        calls++;
        moments.addLast(new Moment(seen.revision(), System.nanoTime()));
        if (!planned.isEmpty()) {
            return planned.removeFirst();
        }
        var key = PREFIX + random.nextInt(OBJECTS);
        var value = "{\"by\":" + client + ",\"call\":" + calls + "}";
        var read = new Call.Range(Keys.one(key), 0, 1, false);
        var unchanged = List.<Compare>of(Compare.modIs(key, seen.changed(key)));
        if (calls % CALLS_BETWEEN_COMPACTIONS == 0) {
            return claimCompaction();
        }
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3, 4 -> new Call.Txn(unchanged, List.of(Call.Put.of(key, value)), List.of(read));
            case 5 -> new Call.Txn(unchanged, List.of(new Call.Delete(Keys.one(key), false)), List.of(read));
            case 6 -> new Call.Range(Keys.prefix(PREFIX), 0, PAGE, false);
            case 7 -> new Call.Range(Keys.prefix(PREFIX), 0, 0, false);
            default -> read;
        };
    }

    @Override
    public void told(Call call, Answer answer) {
        seen.learn(call, answer);
        if (!(answer instanceof Answer.Done done)) {
            return;
        }
        switch (call) {
            case Call.Range range -> nextPage(range, done);
            case Call.Txn txn when done.succeeded() && writes(txn, COMPACTION) -> planned.add(new Call.Compact(old()));
            case Call.Txn _,
                    Call.Put _,
                    Call.Delete _,
                    Call.Grant _,
                    Call.Revoke _,
                    Call.KeepAlive _,
                    Call.Compact _ -> {}
        }
    }

    private Call claimCompaction() {
        return new Call.Txn(
                List.of(Compare.modIs(COMPACTION, seen.changed(COMPACTION))),
                List.of(Call.Put.of(COMPACTION, client + " " + calls + " " + old())),
                List.of(Call.Range.of(Keys.one(COMPACTION))));
    }

    private static boolean writes(Call.Txn txn, String key) {
        return txn.success().stream()
                .anyMatch(step -> step instanceof Call.Put put && put.key().equals(key));
    }

    /// A revision that was the newest some seconds ago.
    private long old() {
        while (!moments.isEmpty() && System.nanoTime() - moments.getFirst().nanos() > KEPT.toNanos()) {
            old = moments.removeFirst().revision();
        }
        return old;
    }

    private void nextPage(Call.Range range, Answer.Done done) {
        if (done.results().getFirst() instanceof Result.Found found
                && found.more()
                && !found.rows().isEmpty()) {
            var after =
                    new Keys(found.rows().getLast().key() + "\0", range.keys().end());
            long revision = range.revision() == 0 ? done.revision() : range.revision();
            planned.add(new Call.Range(after, revision, range.limit(), false));
        }
    }
}
