package io.metastore.e2e.check;

import io.metastore.e2e.check.Verdict.Placed;
import io.metastore.e2e.history.Answer;
import io.metastore.e2e.history.Answer.Reason;
import io.metastore.e2e.history.Answer.Result;
import io.metastore.e2e.history.Call;
import io.metastore.e2e.history.Operation;
import io.metastore.e2e.model.Store;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The search for an order of calls. Reads change nothing, so each is taken as soon as it fits; only where
/// the store changes there is something to choose, and to come back to.
final class Search {
    /// What may come next.
    private record Choice(boolean lost, int number) {}

    /// A call that was taken.
    private record Taken(Choice choice, Placed placed) {}

    /// A state with choices that were not tried yet.
    private record Fork(Store.Mark mark, int taken, Iterator<Choice> untried) {}

    /// A store, and which calls it has seen; two such with the same past have the same future.
    private record State(long store, long calls) {}

    private enum Fit {
        TAKEN,
        LATER,
        NEVER
    }

    private final Timeline timeline;
    private final LostCalls lost;
    private final Known known;
    private final long limit;
    private final Store store = new Store();
    private final List<Taken> order = new ArrayList<>();
    private final Set<State> tried = new HashSet<>();
    private final Deque<Fork> forks = new ArrayDeque<>();
    private final Frontier frontier = new Frontier();
    private long calls;

    Search(Timeline timeline, LostCalls lost, Known known, long limit) {
        this.timeline = timeline;
        this.lost = lost;
        this.known = known;
        this.limit = limit;
    }

    Verdict run() {
        boolean alive = settle();
        for (long steps = 0; !complete(); steps++) {
            if (steps > limit) {
                return new Verdict.Undecided(steps);
            }
            if (alive && tried.add(new State(store.fingerprint(), calls))) {
                fork();
            }
            alive = tryNext();
            if (!alive) {
                return frontier.violation();
            }
        }
        return new Verdict.Linearizable(order.stream().map(Taken::placed).toList(), store.past());
    }

    /// Whether all answered calls have a place, and all revisions that are known have been made.
    private boolean complete() {
        return timeline.isEmpty() && store.revision() >= known.last();
    }

    private void fork() {
        var choices = choices();
        if (choices.isEmpty()) {
            frontier.stuck(timeline, store, placed(), known);
        }
        forks.push(new Fork(store.mark(), order.size(), choices.iterator()));
    }

    /// Goes on with the newest choice that was not tried; false when there is none left.
    private boolean tryNext() {
        while (!forks.isEmpty()) {
            var fork = forks.element();
            back(fork);
            if (!fork.untried().hasNext()) {
                forks.pop();
            } else if (take(fork.untried().next()) && settle()) {
                return true;
            }
        }
        return false;
    }

    private void back(Fork fork) {
        store.back(fork.mark());
        while (order.size() > fork.taken()) {
            var choice = order.removeLast().choice();
            calls ^= mark(choice);
            if (choice.lost()) {
                lost.putBack(choice.number());
            } else {
                timeline.putBack(choice.number());
            }
        }
    }

    /// Takes all that fits and changes nothing; false when some call has missed its place.
    private boolean settle() {
        for (boolean again = true; again; ) {
            again = false;
            for (int number : timeline.candidates()) {
                switch (settle(number)) {
                    case TAKEN -> again = true;
                    case NEVER -> {
                        frontier.missed(timeline.operation(number), store, placed());
                        return false;
                    }
                    case LATER -> {}
                }
            }
        }
        return true;
    }

    private Fit settle(int number) {
        var operation = timeline.operation(number);
        var fit = fit(operation);
        if (fit == Fit.TAKEN) {
            record(new Choice(false, number), operation);
        }
        return fit;
    }

    /// What becomes of a call in the present state, if it changes nothing.
    private Fit fit(Operation operation) {
        return switch (operation.answer()) {
            case Answer.Refused refused -> fitRefused(operation.call(), refused) ? Fit.TAKEN : Fit.LATER;
            case Answer.Done done ->
                switch (operation.call()) {
                    case Call.Range range when range.serializable() -> fitAnyPast(range, done);
                    case Call.Step _, Call.Txn _ -> fitAtRevision(operation.call(), done);
                    case Call.KeepAlive alive -> store.leases().containsKey(alive.lease()) ? Fit.TAKEN : Fit.LATER;
                    case Call.Grant _, Call.Revoke _, Call.Compact _ ->
                        done.revision() < store.revision() ? Fit.NEVER : Fit.LATER;
                };
            case Answer.Lost _ -> throw new IllegalStateException("a lost call has no place in time");
        };
    }

    private boolean fitRefused(Call call, Answer.Refused refused) {
        if (call instanceof Call.Range range && range.serializable() && refused.reason() == Reason.FUTURE_REVISION) {
            return true; // The member was behind.
        }
        var before = store.mark();
        boolean same = store.apply(call).equals(refused);
        store.back(before);
        return same;
    }

    private Fit fitAnyPast(Call.Range range, Answer.Done done) {
        if (done.revision() > store.revision()) {
            return Fit.LATER;
        }
        return store.readAt(range, done.revision()).equals(done) ? Fit.TAKEN : Fit.NEVER;
    }

    private Fit fitAtRevision(Call call, Answer.Done done) {
        long revision = store.revision();
        if (changed(done)) {
            return done.revision() <= revision ? Fit.NEVER : Fit.LATER;
        }
        if (done.revision() != revision) {
            return done.revision() < revision ? Fit.NEVER : Fit.LATER;
        }
        var before = store.mark();
        boolean same = store.apply(call).equals(done);
        store.back(before);
        return same ? Fit.TAKEN : Fit.NEVER;
    }

    private static boolean changed(Answer.Done done) {
        return done.results().stream().anyMatch(Result::changed);
    }

    /// What may come next and changes the store: first what was answered.
    private List<Choice> choices() {
        var found = new ArrayList<Choice>();
        var candidates = timeline.candidates();
        for (int number : candidates) {
            if (fits(timeline.operation(number))) {
                found.add(new Choice(false, number));
            }
        }
        long next = store.revision() + 1;
        boolean unclaimed = next <= known.last() && known.owner(next).isEmpty();
        var wanted = Wanted.by(candidates.stream().map(timeline::operation).toList());
        if (unclaimed || wanted.any()) {
            for (int number : lost.before(timeline.firstEnd())) {
                if (mayHaveCome(lost.call(number).call(), unclaimed, wanted)) {
                    found.add(new Choice(true, number));
                }
            }
        }
        return found;
    }

    /// Whether an answered call that changes the store fits here.
    private boolean fits(Operation operation) {
        if (!(operation.answer() instanceof Answer.Done told)) {
            return false;
        }
        var before = store.mark();
        var expected = store.apply(operation.call());
        boolean made = store.revision() > before.revision();
        boolean fits = switch (operation.call()) {
            case Call.Step _, Call.Txn _ -> changed(told) && expected.equals(told);
            case Call.Grant _, Call.Revoke _, Call.Compact _ ->
                expected instanceof Answer.Done
                        && store.revision() <= told.revision()
                        && !(made && known.owner(store.revision()).isPresent());
            case Call.KeepAlive _ -> false;
        };
        // Of an answered write it is for the others to fit: then the report is about them.
        fits = fits && (!made || known.wasSeen(store.revision(), store.past().changes(store.revision())));
        store.back(before);
        return fits;
    }

    private boolean mayHaveCome(Call call, boolean unclaimed, Wanted wanted) {
        var before = store.mark();
        boolean may = false;
        if (store.apply(call) instanceof Answer.Done) {
            may = store.revision() == before.revision()
                    ? wanted.has(call, unclaimed)
                    : unclaimed && known.allows(store.revision(), store.past().changes(store.revision()));
        }
        store.back(before);
        return may;
    }

    private boolean take(Choice choice) {
        var operation = choice.lost() ? lost.call(choice.number()) : timeline.operation(choice.number());
        var _ = store.apply(operation.call());
        record(choice, operation);
        return true;
    }

    private void record(Choice choice, Operation operation) {
        order.add(new Taken(choice, new Placed(operation, store.revision())));
        calls ^= mark(choice);
        if (choice.lost()) {
            lost.take(choice.number());
        } else {
            timeline.take(choice.number());
        }
    }

    /// A number for each call, so that sets of calls are told apart by the sum of those in them.
    private static long mark(Choice choice) {
        long seed = (choice.lost() ? ~choice.number() : choice.number()) * 0x9E3779B97F4A7C15L + 0x632BE59BD9B4E019L;
        seed = (seed ^ (seed >>> 30)) * 0xBF58476D1CE4E5B9L;
        seed = (seed ^ (seed >>> 27)) * 0x94D049BB133111EBL;
        return seed ^ (seed >>> 31);
    }

    private Optional<Placed> maker(long revision) {
        return order.stream()
                .map(Taken::placed)
                .filter(placed -> placed.revision() == revision)
                .findFirst();
    }

    private Frontier.Makers placed() {
        return new Frontier.Makers(order.size(), this::maker);
    }
}
