package io.metastore.e2e.check;

import static io.metastore.e2e.check.Told.deleted;
import static io.metastore.e2e.check.Told.done;
import static io.metastore.e2e.check.Told.failed;
import static io.metastore.e2e.check.Told.found;
import static io.metastore.e2e.check.Told.lost;
import static io.metastore.e2e.check.Told.put;
import static io.metastore.e2e.check.Told.refused;
import static io.metastore.e2e.check.Told.row;
import static io.metastore.e2e.check.Told.told;
import static io.metastore.e2e.check.Told.written;
import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.e2e.check.Verdict.Linearizable;
import io.metastore.e2e.check.Verdict.Violated;
import io.metastore.e2e.history.Answer.Reason;
import io.metastore.e2e.history.Answer.Result;
import io.metastore.e2e.history.Call;
import io.metastore.e2e.history.Call.Range;
import io.metastore.e2e.history.Compare;
import io.metastore.e2e.history.Event;
import io.metastore.e2e.history.Keys;
import io.metastore.e2e.history.Operation;
import io.metastore.e2e.history.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Histories that are known to be good or bad.
class LinearizabilityTest {
    private static final Range READ_A = Range.of(Keys.one("a"));

    @Test
    void nothingIsRight() {
        assertRight();
    }

    @Test
    void callsOneAfterTheOtherAreRight() {
        assertRight(
                told(1, 0, 1, put("a", "1"), written(2)),
                told(1, 2, 3, READ_A, found(2, row("a", "1", 2))),
                told(1, 4, 5, new Call.Delete(Keys.one("a"), false), deleted(3, 1)),
                told(1, 6, 7, READ_A, found(3)),
                told(1, 8, 9, new Call.Delete(Keys.one("a"), false), deleted(3, 0)));
    }

    @Test
    void aReadMayShowAWriteThatIsStillUnderWay() {
        assertRight(
                told(1, 0, 9, put("a", "1"), written(2)),
                told(2, 1, 2, READ_A, found(1)),
                told(2, 3, 4, READ_A, found(2, row("a", "1", 2))),
                told(3, 5, 6, READ_A, found(2, row("a", "1", 2))));
    }

    @Test
    void aReadThatMissesAnAcknowledgedWriteIsStale() {
        assertThat(wrong(told(1, 0, 1, put("a", "1"), written(2)), told(2, 2, 3, READ_A, found(1))))
                .startsWith("went back in time, behind revision 2")
                .contains("client 2", "client 1");
    }

    @Test
    void aReadOfTheRightRevisionWithOldRowsIsWrong() {
        assertThat(wrong(
                        told(1, 0, 1, put("a", "1"), written(2)),
                        told(1, 2, 3, put("a", "2"), written(3)),
                        told(2, 4, 5, READ_A, found(3, row("a", "1", 2)))))
                .contains("a=2@3", "a=1@2");
    }

    @Test
    void twoReadsThatSeeWritesInOppositeOrdersAreWrong() {
        var readB = Range.of(Keys.one("b"));
        wrong(
                told(1, 0, 20, put("a", "1"), lost()),
                told(2, 0, 20, put("b", "1"), lost()),
                told(3, 1, 2, READ_A, found(2, row("a", "1", 2))),
                told(4, 3, 4, readB, found(2, row("b", "1", 2))));
    }

    @Test
    void anAcknowledgedWriteThatIsGoneIsLost() {
        assertThat(wrong(
                        told(1, 0, 1, put("a", "1"), written(2)),
                        told(1, 2, 3, put("b", "1"), written(2)),
                        told(2, 4, 5, READ_A, found(2))))
                .contains("two calls were told that they made revision 2");
    }

    @Test
    void aWriteMayHaveHappenedWhenItsAnswerWasLost() {
        assertRight(
                told(1, 0, 1, put("a", "1"), lost()),
                told(2, 2, 3, READ_A, found(1)),
                told(2, 4, 5, READ_A, found(2, row("a", "1", 2))));
        assertRight(told(1, 0, 1, put("a", "1"), lost()), told(2, 2, 3, READ_A, found(1)));
    }

    @Test
    void aLostWriteHappensOnceAtMost() {
        wrong(told(1, 0, 1, put("a", "1"), lost()), told(2, 2, 3, READ_A, found(3, new Row("a", "1", 2, 3, 2, 0))));
    }

    @Test
    void aRevisionThatNobodyMadeIsWrong() {
        assertThat(wrong(told(1, 0, 1, put("a", "1"), written(2)), told(1, 2, 3, put("b", "1"), written(4))))
                .startsWith("nobody can have made revision 3");
    }

    @Test
    void aLostWriteDoesNotHappenBeforeItWasAsked() {
        wrong(told(2, 0, 1, READ_A, found(2, row("a", "1", 2))), told(1, 2, 3, put("a", "1"), lost()));
    }

    @Test
    void whoeverWroteIsFoundLaterByWhatIsRead() {
        // Three lost calls may have made revision 2; that it was the last one is told by a read much later.
        assertRight(
                told(1, 0, 1, put("a", "1"), lost()),
                told(2, 0, 1, put("a", "2"), lost()),
                told(3, 0, 1, put("a", "3"), lost()),
                told(4, 2, 3, put("b", "1"), written(3)),
                told(4, 4, 5, put("b", "2"), written(4)),
                told(4, 6, 7, READ_A, found(4, row("a", "3", 2))));
    }

    @Test
    void aRevisionThatGoesBackIsWrong() {
        wrong(
                told(1, 0, 1, put("a", "1"), written(2)),
                told(1, 2, 3, put("a", "2"), written(3)),
                told(1, 4, 5, put("a", "3"), written(3)));
        wrong(told(1, 0, 1, put("a", "1"), written(3)), told(1, 2, 3, put("b", "1"), written(2)));
    }

    @Test
    void aTransactionIsAllOrNothing() {
        var both = new Call.Txn(List.of(), List.of(put("a", "1"), put("b", "1")), List.of());
        var written = new Result.Written(Optional.empty());
        var all = Range.of(Keys.ALL);
        assertRight(
                told(1, 0, 1, both, done(2, written, written)),
                told(1, 2, 3, all, found(2, row("a", "1", 2), row("b", "1", 2))));
        wrong(told(1, 0, 1, both, done(2, written, written)), told(1, 2, 3, all, found(2, row("a", "1", 2))));
    }

    @Test
    void aTransactionThatRunsTwiceIsFound() {
        var create =
                new Call.Txn(List.of(Compare.modIs("a", 0)), List.of(put("a", "1")), List.of(Range.of(Keys.one("a"))));
        assertRight(told(1, 0, 1, create, done(2, new Result.Written(Optional.empty()))));
        // It was sent once; the second run finds what the first one wrote.
        wrong(told(1, 0, 1, create, failed(2, new Result.Found(List.of(row("a", "1", 2)), 1, false))));
    }

    @Test
    void theWrongBranchIsFound() {
        var swap = new Call.Txn(List.of(Compare.valueIs("a", "1")), List.of(put("a", "2")), List.of());
        wrong(told(1, 0, 1, put("a", "1"), written(2)), told(1, 2, 3, swap, failed(2)));
        assertRight(told(1, 0, 1, put("a", "3"), written(2)), told(1, 2, 3, swap, failed(2)));
    }

    @Test
    void aWrongPreviousValueIsFound() {
        var put = new Call.Put("a", "3", 0, true);
        assertRight(told(1, 0, 1, put("a", "1"), written(2)), told(1, 2, 3, put, written(3, row("a", "1", 2))));
        wrong(told(1, 0, 1, put("a", "1"), written(2)), told(1, 2, 3, put, written(3, row("a", "0", 2))));
        wrong(told(1, 0, 1, put("a", "1"), written(2)), told(1, 2, 3, put, written(3)));
    }

    @Test
    void aReadOfTheForgottenIsRefused() {
        var old = new Range(Keys.one("a"), 2, 0, false);
        var writes = List.of(told(1, 0, 1, put("a", "1"), written(2)), told(1, 2, 3, put("a", "2"), written(3)));
        var compact = told(1, 4, 5, new Call.Compact(3), done(3));
        assertRight(join(writes, told(1, 6, 7, old, found(3, row("a", "1", 2)))));
        assertRight(join(writes, compact, told(1, 6, 7, old, refused(Reason.COMPACTED))));
        wrong(join(writes, compact, told(1, 6, 7, old, found(3, row("a", "1", 2)))));
        wrong(join(writes, told(1, 6, 7, old, refused(Reason.COMPACTED))));
        // A compaction whose answer was lost may or may not have come.
        var lost = told(1, 4, 5, new Call.Compact(3), lost());
        assertRight(join(writes, lost, told(1, 6, 7, old, found(3, row("a", "1", 2)))));
        assertRight(join(writes, lost, told(1, 6, 7, old, refused(Reason.COMPACTED))));
        wrong(join(
                writes,
                lost,
                told(1, 6, 7, old, refused(Reason.COMPACTED)),
                told(1, 8, 9, old, found(3, row("a", "1", 2)))));
    }

    @Test
    void aSerializableReadShowsSomePastState() {
        var read = new Range(Keys.one("a"), 0, 0, true);
        var writes = List.of(told(1, 0, 1, put("a", "1"), written(2)), told(1, 2, 3, put("a", "2"), written(3)));
        assertRight(join(writes, told(2, 4, 5, read, found(2, row("a", "1", 2)))));
        assertRight(join(writes, told(2, 4, 5, read, found(1))));
        wrong(join(writes, told(2, 4, 5, read, found(2))));
        wrong(join(writes, told(2, 0, 1, read, found(3, new Row("a", "2", 2, 3, 2, 0)))));
    }

    @Test
    void aRevokedLeaseTakesItsKeysAlong() {
        var put = new Call.Put("a", "1", 7, false);
        var granted = List.of(
                told(1, 0, 1, new Call.Grant(7, 60), done(1)),
                told(1, 2, 3, put, written(2)),
                told(1, 4, 5, new Call.Revoke(7), done(3)));
        assertRight(join(granted, told(1, 6, 7, READ_A, found(3))));
        assertRight(join(granted, told(1, 6, 7, put, refused(Reason.LEASE_NOT_FOUND))));
        wrong(join(granted, told(1, 6, 7, READ_A, found(2, new Row("a", "1", 2, 2, 1, 7)))));
        wrong(join(granted, told(1, 6, 7, put, written(4))));
    }

    @Test
    void aLeaseEndsByItselfWhenItsTimeHasCome() {
        var put = new Call.Put("a", "1", 7, false);
        var granted = List.of(told(1, 0, 1, new Call.Grant(7, 2), done(1)), told(1, 2, 3, put, written(2)));
        var kept = told(1, 1000, 1001, new Call.KeepAlive(7), done(2));
        assertRight(join(granted, told(1, 2000, 2001, READ_A, found(3))));
        wrong(join(granted, told(1, 1998, 1999, READ_A, found(3))));
        assertRight(join(granted, kept, told(1, 3000, 3001, READ_A, found(3))));
        wrong(join(granted, kept, told(1, 2998, 2999, READ_A, found(3))));
        wrong(join(
                granted, told(1, 3000, 3001, READ_A, found(3)), told(1, 3002, 3003, new Call.KeepAlive(7), done(3))));
    }

    @Test
    void aLostGrantMayHaveBeenMade() {
        var put = new Call.Put("a", "1", 7, false);
        assertRight(told(1, 0, 1, new Call.Grant(7, 60), lost()), told(1, 2, 3, put, written(2)));
        assertRight(told(1, 0, 1, new Call.Grant(7, 60), lost()), told(1, 2, 3, put, refused(Reason.LEASE_NOT_FOUND)));
        wrong(told(1, 2, 3, put, written(2)));
    }

    @Test
    void whatAWatchHasSeenDecidesWhoMadeARevision() {
        var lostPuts = List.of(
                told(1, 0, 1, put("a", "1"), lost()),
                told(2, 0, 1, put("b", "1"), lost()),
                told(3, 2, 3, put("c", "1"), written(3)));
        var persisted = Map.of(2L, List.of(new Event(row("b", "1", 2), Optional.empty())));
        assertThat(Linearizability.check(lostPuts, persisted))
                .isInstanceOfSatisfying(
                        Linearizable.class,
                        verdict -> assertThat(verdict.past().changes(2))
                                .extracting(Event::row)
                                .containsExactly(row("b", "1", 2)));
        var unheardOf = Map.of(2L, List.of(new Event(row("b", "2", 2), Optional.empty())));
        assertThat(Linearizability.check(lostPuts, unheardOf)).isInstanceOf(Violated.class);
    }

    @Test
    void whatAWatchHasSeenAfterTheLastAnswerMustHaveBeenAskedForToo() {
        var put = told(1, 0, 1, put("a", "1"), written(2));
        var lost = told(2, 0, 1, put("b", "1"), lost());
        var persisted = Map.of(3L, List.of(new Event(row("b", "1", 3), Optional.empty())));

        assertThat(Linearizability.check(List.of(put, lost), persisted)).isInstanceOf(Linearizable.class);
        assertThat(Linearizability.check(List.of(put), persisted).toString())
                .startsWith("nobody can have made revision 3 [b=1@3");
    }

    private static Operation[] join(List<Operation> first, Operation... more) {
        var all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return all.toArray(Operation[]::new);
    }

    private static void assertRight(Operation... operations) {
        assertThat(Linearizability.check(List.of(operations))).isInstanceOf(Linearizable.class);
    }

    private static String wrong(Operation... operations) {
        var verdict = Linearizability.check(List.of(operations));
        assertThat(verdict).isInstanceOf(Violated.class);
        return verdict.toString();
    }
}
