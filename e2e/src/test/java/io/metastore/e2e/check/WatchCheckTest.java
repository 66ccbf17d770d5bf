package io.metastore.e2e.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.e2e.history.Call;
import io.metastore.e2e.history.Event;
import io.metastore.e2e.history.Keys;
import io.metastore.e2e.history.Row;
import io.metastore.e2e.history.Watch;
import io.metastore.e2e.history.Watch.Asked;
import io.metastore.e2e.history.Watch.Canceled;
import io.metastore.e2e.history.Watch.Created;
import io.metastore.e2e.history.Watch.Events;
import io.metastore.e2e.history.Watch.Progress;
import io.metastore.e2e.history.Watch.Told;
import io.metastore.e2e.model.Store;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Watches that are known to be good or bad. The store has
///
///     2  put a=1      3  put b=1, put c=1      4  put a=2      5  delete a      6  put a=3      7  put x=1
class WatchCheckTest {
    private static final long LAST = 7;

    private final Store store = new Store();

    WatchCheckTest() {
        put("a", "1");
        var _ = store.apply(new Call.Txn(List.of(), List.of(Call.Put.of("b", "1"), Call.Put.of("c", "1")), List.of()));
        put("a", "2");
        var _ = store.apply(new Call.Delete(Keys.one("a"), false));
        put("a", "3");
        put("x", "1");
    }

    @Test
    void aWatchThatTellsEachChangeOnceIsRight() {
        assertRight(Asked.all(Keys.ALL, 2), new Created(LAST), told(2, 3), told(4, 5, 6, 7), new Progress(LAST));
        assertRight(Asked.all(Keys.ALL, 2), new Created(LAST), told(2), told(3));
        assertRight(Asked.all(Keys.one("a"), 3), new Created(LAST), new Progress(3), told(4, 5, 6), new Progress(LAST));
        assertRight(Asked.all(Keys.one("a"), 0), new Created(4), told(5, 6));
        assertRight(Asked.all(Keys.ALL, 20), new Created(LAST));
    }

    @Test
    void aWatchThatEndsMayMissWhatCameAfterIt() {
        assertRight(Asked.all(Keys.ALL, 2), new Created(LAST), told(2));
        assertRight(Asked.all(Keys.ALL, 2), new Created(LAST), told(2), new Canceled(0, "no leader"));
    }

    @Test
    void aSkippedRevisionIsFound() {
        assertWrong("skipped revision 4", Asked.all(Keys.ALL, 2), new Created(LAST), told(2, 3, 5));
        assertWrong("skipped revision 2", Asked.all(Keys.ALL, 2), new Created(LAST), told(3));
        assertWrong("skipped revision 5", Asked.all(Keys.one("a"), 0), new Created(4), told(6));
    }

    @Test
    void whatIsToldTwiceIsFound() {
        assertWrong("told twice, revision 3", Asked.all(Keys.ALL, 2), new Created(LAST), told(2, 3), told(3, 4));
        assertWrong(
                "told of what was before its start, revision 3", Asked.all(Keys.ALL, 4), new Created(LAST), told(3));
    }

    @Test
    void whatIsOutOfOrderIsFound() {
        assertWrong("not ordered: 3 after 4", Asked.all(Keys.ALL, 2), new Created(LAST), told(2, 4, 3));
    }

    @Test
    void aSplitRevisionIsFound() {
        var third = store.past().changes(3);
        assertWrong(
                "split revision 3",
                Asked.all(Keys.ALL, 3),
                new Created(LAST),
                new Events(3, bare(third.subList(0, 1))),
                new Events(3, bare(third.subList(1, 2))));
    }

    @Test
    void aBookmarkBeforeItsEventsIsFound() {
        assertWrong(
                "skipped revision 4", Asked.all(Keys.ALL, 2), new Created(LAST), told(2, 3), new Progress(4), told(4));
        assertWrong("a bookmark of revision 3 after", Asked.all(Keys.ALL, 2), told(2, 3, 4), new Progress(3));
        assertWrong("which never was", Asked.all(Keys.ALL, 2), told(2, 3, 4, 5, 6, 7), new Progress(8));
    }

    @Test
    void aWrongPreviousRowIsFound() {
        var asked = new Asked(Keys.one("a"), 4, true, true, true);
        var right = store.past().changes(4);
        assertRight(asked, new Created(LAST), new Events(4, right));
        assertWrong("told that before a=2@4", asked, new Created(LAST), new Events(4, bare(right)));
        var other = new Event(right.getFirst().row(), Optional.of(new Row("a", "0", 2, 2, 1, 0)));
        assertWrong("told that before a=2@4", asked, new Created(LAST), new Events(4, List.of(other)));
        assertWrong("told that before", Asked.all(Keys.one("a"), 4), new Created(LAST), new Events(4, right));
    }

    @Test
    void aPreviousRowMayBeForgotten() {
        var watch = new Watch(
                "w",
                new Asked(Keys.one("a"), 4, true, true, true),
                List.of(new Created(LAST), new Events(4, bare(store.past().changes(4)))));
        assertThat(WatchCheck.violations(watch, store.past(), 4)).isEmpty();
        assertThat(WatchCheck.violations(watch, store.past(), 3)).hasSize(1);
    }

    @Test
    void aChangeToldAsACreationIsFound() {
        var created = new Event(new Row("a", "2", 4, 4, 1, 0), Optional.empty());
        assertWrong(
                "told as created what was not",
                Asked.all(Keys.one("a"), 4),
                new Created(LAST),
                new Events(4, List.of(created)));
    }

    @Test
    void aWrongValueIsFound() {
        var event = new Event(new Row("a", "other", 2, 4, 2, 0), Optional.empty());
        assertWrong(
                "where the change is a=2@4",
                Asked.all(Keys.one("a"), 4),
                new Created(LAST),
                new Events(4, List.of(event)));
    }

    @Test
    void aFilterThatLetsThroughIsFound() {
        var onlyDeletes = new Asked(Keys.one("a"), 4, false, false, true);
        assertRight(onlyDeletes, new Created(LAST), told(5));
        assertWrong("where the changes are", onlyDeletes, new Created(LAST), told(4, 5));
        assertWrong("where the changes are", Asked.all(Keys.one("a"), 6), new Created(LAST), told(7));
    }

    @Test
    void anEarlyEventOfAFutureWatchIsFound() {
        assertWrong("before its start", Asked.all(Keys.ALL, 20), new Created(LAST), told(7));
        assertWrong("before its start", Asked.all(Keys.ALL, 20), new Created(LAST), new Progress(7));
    }

    @Test
    void aWatchIsCancelledForWhatIsForgottenOnly() {
        var watch = new Watch("w", Asked.all(Keys.ALL, 2), List.of(new Created(LAST), new Canceled(4, "")));
        assertThat(WatchCheck.violations(watch, store.past(), 4)).isEmpty();
        assertThat(WatchCheck.violations(watch, store.past(), 3)).hasSize(1);
        var later = new Watch("w", Asked.all(Keys.ALL, 4), List.of(new Created(LAST), new Canceled(4, "")));
        assertThat(WatchCheck.violations(later, store.past(), 4)).hasSize(1);
    }

    /// Whatever single response or event of a right watch is left out, told twice or moved: it is found.
    @Test
    void randomDamageIsFound() {
        var random = new Random(Long.getLong("seed", 1));
        for (int run = 0; run < 200; run++) {
            int start = 2 + random.nextInt(4);
            var responses = new ArrayList<Told>();
            for (int revision = start; revision <= LAST; revision++) {
                responses.add(told(revision));
            }
            var damaged = new ArrayList<>(responses);
            int place = random.nextInt(damaged.size() - 1);
            switch (random.nextInt(3)) {
                case 0 -> damaged.remove(place);
                case 1 -> damaged.add(place + 1, damaged.get(place));
                default -> damaged.add(place, damaged.remove(place + 1));
            }
            damaged.addFirst(new Created(LAST));
            damaged.add(new Progress(LAST));
            assertThat(violations(Asked.all(Keys.ALL, start), damaged.toArray(Told[]::new)))
                    .as(damaged.toString())
                    .isNotEmpty();
        }
    }

    private void put(String key, String value) {
        var _ = store.apply(Call.Put.of(key, value));
    }

    private Events told(int... revisions) {
        return new Events(
                Arrays.stream(revisions).max().orElseThrow(),
                IntStream.of(revisions)
                        .boxed()
                        .flatMap(revision -> bare(store.past().changes(revision)).stream())
                        .toList());
    }

    private static List<Event> bare(List<Event> events) {
        return events.stream().map(Event::withoutPrevious).toList();
    }

    private List<String> violations(Asked asked, Told... told) {
        return WatchCheck.violations(new Watch("w", asked, List.of(told)), store.past(), 0);
    }

    private void assertRight(Asked asked, Told... told) {
        assertThat(violations(asked, told)).isEmpty();
    }

    private void assertWrong(String what, Asked asked, Told... told) {
        assertThat(violations(asked, told)).anyMatch(violation -> violation.contains(what));
    }
}
