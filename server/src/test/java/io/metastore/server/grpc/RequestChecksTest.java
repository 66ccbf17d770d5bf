package io.metastore.server.grpc;

import static io.metastore.server.grpc.Wire.compare;
import static io.metastore.server.grpc.Wire.delete;
import static io.metastore.server.grpc.Wire.get;
import static io.metastore.server.grpc.Wire.put;
import static io.metastore.server.grpc.Wire.step;
import static io.metastore.server.grpc.Wire.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import etcdserverpb.RangeRequest;
import etcdserverpb.RequestOp;
import etcdserverpb.TxnRequest;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestChecksTest {
    private final RequestChecks checks = new RequestChecks(128);

    @Test
    void aRangeNeedsAKey() {
        assertThat(RequestChecks.range(get(""))).contains(EtcdError.EMPTY_KEY);
        assertThat(RequestChecks.range(get("a"))).isEmpty();
    }

    @Test
    void aSortOptionOutsideTheEnumIsRefused() {
        var order = get("a").toBuilder().setSortOrderValue(3).build();
        var target = get("a").toBuilder().setSortTargetValue(5).build();

        assertThat(RequestChecks.range(order)).contains(EtcdError.INVALID_SORT_OPTION);
        assertThat(RequestChecks.range(target)).contains(EtcdError.INVALID_SORT_OPTION);
    }

    @Test
    void aStreamedRangeComesInTheOrderOfTheKeysAndUnfiltered() {
        var ascending = get("a").toBuilder().setSortOrder(RangeRequest.SortOrder.ASCEND);

        assertThat(RequestChecks.rangeStream(ascending.build())).isEmpty();
        assertThat(RequestChecks.rangeStream(ascending
                        .clone()
                        .setSortTarget(RangeRequest.SortTarget.MOD)
                        .build()))
                .contains(EtcdError.STREAM_SORT_ORDER);
        assertThat(RequestChecks.rangeStream(get("a").toBuilder()
                        .setSortOrder(RangeRequest.SortOrder.DESCEND)
                        .build()))
                .contains(EtcdError.STREAM_SORT_ORDER);
        assertThat(RequestChecks.rangeStream(
                        get("a").toBuilder().setMinModRevision(1).build()))
                .contains(EtcdError.STREAM_REVISION_FILTER);
        assertThat(RequestChecks.rangeStream(get(""))).contains(EtcdError.EMPTY_KEY);
    }

    /// Without an order etcd's comparison of the sort target does not matter.
    @Test
    void aStreamedRangeWithATargetButNoOrderIsServed() {
        var request = get("a").toBuilder().setSortTarget(RangeRequest.SortTarget.VALUE);

        assertThat(RequestChecks.rangeStream(request.build())).isEmpty();
    }

    @Test
    void aPutKeepsEitherTheOldValueOrBringsANewOne() {
        assertThat(RequestChecks.put(put("", "v"))).contains(EtcdError.EMPTY_KEY);
        assertThat(RequestChecks.put(
                        put("a", "v").toBuilder().setIgnoreValue(true).build()))
                .contains(EtcdError.VALUE_PROVIDED);
        assertThat(RequestChecks.put(put("a", "v").toBuilder()
                        .setIgnoreLease(true)
                        .setLease(7)
                        .build()))
                .contains(EtcdError.LEASE_PROVIDED);
        assertThat(RequestChecks.put(put("a", "").toBuilder()
                        .setIgnoreValue(true)
                        .setIgnoreLease(true)
                        .build()))
                .isEmpty();
    }

    @Test
    void aDeleteNeedsAKey() {
        assertThat(RequestChecks.delete(delete("", "z"))).contains(EtcdError.EMPTY_KEY);
    }

    @Test
    void aTransactionMayHaveAsManyStepsAsConfigured() {
        var most = Collections.nCopies(128, step(get("a")));
        var tooMany = Collections.nCopies(129, step(get("a")));

        assertThat(checks.transaction(transaction(most, most))).isEmpty();
        assertThat(checks.transaction(transaction(tooMany, List.of()))).contains(EtcdError.TOO_MANY_OPERATIONS);
        assertThat(checks.transaction(transaction(List.of(), tooMany))).contains(EtcdError.TOO_MANY_OPERATIONS);
        assertThat(checks.transaction(TxnRequest.newBuilder()
                        .addAllCompare(Collections.nCopies(129, compare("a").build()))
                        .build()))
                .contains(EtcdError.TOO_MANY_OPERATIONS);
    }

    @Test
    void aTransactionInsideAnotherGetsWhatIsLeftOfTheBudget() {
        var inner = transaction(Collections.nCopies(127, step(get("a"))), List.of());
        var tooLarge = transaction(Collections.nCopies(128, step(get("a"))), List.of());

        assertThat(checks.transaction(transaction(List.of(step(inner)), List.of())))
                .isEmpty();
        assertThat(checks.transaction(transaction(List.of(step(tooLarge)), List.of())))
                .contains(EtcdError.TOO_MANY_OPERATIONS);
    }

    @Test
    void everyStepAndComparisonIsChecked() {
        var emptyKey = List.of(step(put("", "v")));

        assertThat(checks.transaction(transaction(emptyKey, List.of()))).contains(EtcdError.EMPTY_KEY);
        assertThat(checks.transaction(transaction(List.of(), emptyKey))).contains(EtcdError.EMPTY_KEY);
        assertThat(checks.transaction(
                        TxnRequest.newBuilder().addCompare(compare("")).build()))
                .contains(EtcdError.EMPTY_KEY);
        assertThat(checks.transaction(transaction(List.of(step(transaction(List.of(), emptyKey))), List.of())))
                .contains(EtcdError.EMPTY_KEY);
    }

    @Test
    void aStepThatSaysNothingIsAKeyNotFound() {
        assertThat(checks.transaction(transaction(List.of(RequestOp.getDefaultInstance()), List.of())))
                .contains(EtcdError.KEY_NOT_FOUND);
    }

    @Test
    void aKeyIsPutOnlyOnceInABranch() {
        var twice = List.of(step(put("a", "1")), step(put("a", "2")));

        assertThat(checks.transaction(transaction(twice, List.of()))).contains(EtcdError.DUPLICATE_KEY);
        assertThat(checks.transaction(transaction(List.of(), twice))).contains(EtcdError.DUPLICATE_KEY);
        assertThat(checks.transaction(transaction(List.of(step(put("a", "1"))), List.of(step(put("a", "2"))))))
                .isEmpty();
    }

    @Test
    void aKeyIsNotPutAndDeletedInABranch() {
        assertThat(checks.transaction(transaction(List.of(step(put("b", "1")), step(delete("a", "c"))), List.of())))
                .contains(EtcdError.DUPLICATE_KEY);
        assertThat(checks.transaction(transaction(List.of(step(delete("a", "")), step(put("a", "1"))), List.of())))
                .contains(EtcdError.DUPLICATE_KEY);
        assertThat(checks.transaction(transaction(List.of(step(delete("a", "c")), step(put("c", "1"))), List.of())))
                .isEmpty();
    }

    @Test
    void deletesMayOverlap() {
        assertThat(checks.transaction(transaction(List.of(step(delete("a", "c")), step(delete("b", ""))), List.of())))
                .isEmpty();
    }

    @Test
    void aDeleteFromAKeyOnHidesNoPut() {
        assertThat(checks.transaction(transaction(List.of(step(delete("a", "\0")), step(put("b", "1"))), List.of())))
                .isEmpty();
    }

    @Test
    void theBranchesOfAnInnerTransactionMayShareKeysButNotWithTheOuterOne() {
        var inner = step(transaction(List.of(step(put("a", "1"))), List.of(step(put("a", "2")))));

        assertThat(checks.transaction(transaction(List.of(inner), List.of()))).isEmpty();
        assertThat(checks.transaction(transaction(List.of(inner, step(put("a", "3"))), List.of())))
                .contains(EtcdError.DUPLICATE_KEY);
        assertThat(checks.transaction(transaction(List.of(inner, inner), List.of())))
                .contains(EtcdError.DUPLICATE_KEY);
        assertThat(checks.transaction(transaction(List.of(inner, step(delete("a", ""))), List.of())))
                .contains(EtcdError.DUPLICATE_KEY);
    }

    @Test
    void aDeleteInsideAnInnerTransactionCountsForTheOuterOne() {
        var inner = step(transaction(List.of(step(delete("a", "c"))), List.of()));

        assertThat(checks.transaction(transaction(List.of(inner, step(put("b", "1"))), List.of())))
                .contains(EtcdError.DUPLICATE_KEY);
    }

    /// The fields are checked before the keys of all steps are compared.
    @Test
    void anEmptyKeyIsFoundBeforeADuplicateOne() {
        var steps = List.of(step(put("a", "1")), step(put("a", "2")), step(get("")));

        assertThat(checks.transaction(transaction(steps, List.of()))).contains(EtcdError.EMPTY_KEY);
    }
}
