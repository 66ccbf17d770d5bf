package io.metastore.server.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.LeaseId;
import io.metastore.server.request.Command.Compact;
import io.metastore.server.request.Command.GrantLease;
import io.metastore.server.request.Compare;
import io.metastore.server.request.Compare.Relation;
import io.metastore.server.request.DeleteRange;
import io.metastore.server.request.Operation;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Outcome.DeleteDone;
import io.metastore.server.request.Outcome.PutDone;
import io.metastore.server.request.Outcome.RangeDone;
import io.metastore.server.request.Outcome.Refused;
import io.metastore.server.request.Outcome.Result;
import io.metastore.server.request.Outcome.TxnDone;
import io.metastore.server.request.Put;
import io.metastore.server.request.Range;
import io.metastore.server.request.Reason;
import io.metastore.server.request.Txn;
import io.metastore.server.storage.MemoryStorage;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TxnTest {
    private static final LeaseId LEASE = LeaseId.of(3);

    private final Replica replica = new Replica(MemoryStorage.volatileOnly());

    @AfterEach
    void close() {
        replica.storage.close();
    }

    @Test
    void allChangesHaveOneRevisionAndEventsInTheOrderOfTheSteps() {
        replica.apply(put("old"));

        var outcome = run(put("b"), put("a"), delete("old"));

        assertThat(outcome)
                .isEqualTo(new TxnDone(
                        3,
                        true,
                        List.of(
                                new PutDone(3, List.of()),
                                new PutDone(3, List.of()),
                                new DeleteDone(3, 1, List.of()))));
        assertThat(replica.heard).endsWith("3 PUT b PUT a DELETE old");
    }

    @Test
    void withoutAnEffectItRaisesNoRevision() {
        assertThat(run(delete("missing"), new Txn(List.of(), List.of(), List.of())))
                .isEqualTo(new TxnDone(
                        1, true, List.of(new DeleteDone(1, 0, List.of()), new TxnDone(1, true, List.of()))));
        assertThat(replica.heard).isEmpty();
    }

    @Test
    void stepsBeforeTheFirstWriteHaveTheRevisionBefore() {
        var outcome = run(read("a"), delete("missing"), put("a"), read("a"), delete("missing"), nested(read("a")));

        assertThat(outcome).isInstanceOfSatisfying(TxnDone.class, done -> {
            assertThat(done.revision()).isEqualTo(2);
            assertThat(done.results()).extracting(Result::revision).containsExactly(1L, 1L, 2L, 2L, 2L, 2L);
        });
    }

    @Test
    void readsSeeTheWritesBeforeThem() {
        var outcome = run(read("a"), put("a"), read("a"), delete("a"), read("a"));

        assertThat(counts(outcome)).containsExactly(0L, 1L, 0L);
    }

    @Test
    void theBranchIsChosenByTheComparisons() {
        var ifAbsent = List.of(new Compare(single("a"), Relation.EQUAL, new Compare.Target.Version(0)));
        var create = new Txn(ifAbsent, List.of(put("a")), List.of(read("a")));

        assertThat(replica.apply(create)).isEqualTo(new TxnDone(2, true, List.of(new PutDone(2, List.of()))));
        assertThat(replica.apply(create)).isInstanceOfSatisfying(TxnDone.class, done -> {
            assertThat(done.succeeded()).isFalse();
            assertThat(done.revision()).isEqualTo(2);
            assertThat(counts(done)).containsExactly(1L);
        });
    }

    @Test
    void comparisonsOfNestedTransactionsSeeTheStateBeforeTheOutermost() {
        var ifAbsent = List.of(new Compare(single("a"), Relation.EQUAL, new Compare.Target.Version(0)));
        var inner = new Txn(ifAbsent, List.of(put("was-absent")), List.of(put("was-present")));

        run(put("a"), nested(inner));

        assertThat(replica.read("was-absent")).isPresent();
        assertThat(replica.read("was-present")).isEmpty();
    }

    @Test
    void nestedResultsStandWhereTheirTransactionsStand() {
        var never = List.of(new Compare(single("x"), Relation.GREATER, new Compare.Target.Version(0)));

        var outcome = run(
                nested(new Txn(never, List.of(put("no")), List.of(put("yes")))),
                put("b"),
                nested(read("yes"), read("b")));

        assertThat(outcome).isInstanceOfSatisfying(TxnDone.class, done -> {
            assertThat(done.results().get(0))
                    .isInstanceOfSatisfying(
                            TxnDone.class,
                            first -> assertThat(first.results())
                                    .containsExactly(new TxnDone(2, false, List.of(new PutDone(2, List.of())))));
            assertThat(done.results().get(1)).isEqualTo(new PutDone(2, List.of()));
            assertThat(counts(done.results().get(2))).containsExactly(1L, 1L);
        });
        assertThat(replica.read("no")).isEmpty();
    }

    @Test
    void aRefusedStepAnywhereRefusesTheWholeBeforeAnyWrite() {
        replica.apply(put("a"));
        replica.apply(put("a"));
        replica.apply(new Compact(3));
        var rows = replica.rows();

        assertThat(run(put("b"), read("a", 4))).isEqualTo(new Refused(Reason.FUTURE_REVISION));
        assertThat(run(put("b"), nested(nested(read("a", 99))))).isEqualTo(new Refused(Reason.FUTURE_REVISION));
        assertThat(run(put("b"), read("a", 2))).isEqualTo(new Refused(Reason.COMPACTED));
        assertThat(run(put("b"), read("a", -1))).isEqualTo(new Refused(Reason.COMPACTED));
        assertThat(run(put("b"), putWith(LEASE))).isEqualTo(new Refused(Reason.LEASE_NOT_FOUND));
        assertThat(run(put("b"), keepValue("missing"))).isEqualTo(new Refused(Reason.KEY_NOT_FOUND));

        assertThat(replica.revision()).isEqualTo(3);
        assertThat(replica.rows().values().stream()
                        .mapToInt(column -> column.size())
                        .sum())
                .isEqualTo(
                        rows.values().stream().mapToInt(column -> column.size()).sum());
    }

    @Test
    void theFirstRefusalInTheOrderOfTheStepsCounts() {
        assertThat(run(keepValue("missing"), putWith(LEASE))).isEqualTo(new Refused(Reason.KEY_NOT_FOUND));
        assertThat(run(putWith(LEASE), keepValue("missing"))).isEqualTo(new Refused(Reason.LEASE_NOT_FOUND));
    }

    @Test
    void stepsOfTheOtherBranchAreNotChecked() {
        var txn = new Txn(List.of(), List.of(put("a")), List.of(read("a", 99), putWith(LEASE)));

        assertThat(replica.apply(txn)).isInstanceOf(TxnDone.class);
    }

    @Test
    void aRangeCanNameTheRevisionBeforeTheTransaction() {
        replica.apply(put("a"));

        var outcome = run(delete("a"), read("a", 2), read("a"));

        assertThat(counts(outcome)).containsExactly(1L, 0L);
    }

    @Test
    void aCompactionEarlierInTheEntryCounts() {
        replica.apply(put("a"));
        replica.apply(put("a"));

        var outcomes = replica.applyTogether(new Compact(3), txn(read("a", 2)));

        assertThat(outcomes.get(1)).isEqualTo(new Refused(Reason.COMPACTED));
    }

    @Test
    void leasesFollowTheKeys() {
        replica.apply(new GrantLease(LEASE, 60));

        run(putWith(LEASE));
        assertThat(replica.state.leases().keys(LEASE)).hasSize(1);

        run(delete("leased"));
        assertThat(replica.state.leases().keys(LEASE)).isEmpty();
    }

    private Outcome run(Operation... steps) {
        return replica.apply(txn(steps));
    }

    private static Txn txn(Operation... steps) {
        return new Txn(List.of(), List.of(steps), List.of());
    }

    private static Txn nested(Operation... steps) {
        return txn(steps);
    }

    private static Put put(String key) {
        return Put.of(Bytes.utf8(key), Bytes.utf8("value"));
    }

    private static Put putWith(LeaseId lease) {
        return new Put(Bytes.utf8("leased"), Bytes.EMPTY, lease, false, false, false);
    }

    private static Put keepValue(String key) {
        return new Put(Bytes.utf8(key), Bytes.EMPTY, LeaseId.NONE, false, true, false);
    }

    private static DeleteRange delete(String key) {
        return new DeleteRange(single(key), false);
    }

    private static Range read(String key) {
        return Range.of(single(key));
    }

    private static Range read(String key, long revision) {
        return new Range(
                single(key), 0, revision, Range.Sort.NONE, Range.Detail.FULL, Range.RevisionBounds.NONE, false);
    }

    private static KeyRange single(String key) {
        return KeyRange.single(Bytes.utf8(key));
    }

    private static List<Long> counts(Outcome outcome) {
        return outcome instanceof TxnDone done
                ? done.results().stream()
                        .filter(RangeDone.class::isInstance)
                        .map(result -> ((RangeDone) result).count())
                        .toList()
                : List.of();
    }
}
