package io.metastore.server.grpc;

import static io.metastore.server.grpc.Wire.bytes;
import static io.metastore.server.grpc.Wire.compare;
import static io.metastore.server.grpc.Wire.delete;
import static io.metastore.server.grpc.Wire.get;
import static io.metastore.server.grpc.Wire.put;
import static io.metastore.server.grpc.Wire.step;
import static io.metastore.server.grpc.Wire.text;
import static io.metastore.server.grpc.Wire.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import etcdserverpb.Compare.CompareResult;
import etcdserverpb.Compare.CompareTarget;
import etcdserverpb.RangeRequest;
import etcdserverpb.WatchCreateRequest;
import io.metastore.server.model.Event;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.LeaseId;
import io.metastore.server.request.Compare;
import io.metastore.server.request.DeleteRange;
import io.metastore.server.request.Put;
import io.metastore.server.request.Range;
import io.metastore.server.request.Txn;
import io.metastore.server.watch.WatchSpec;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TranslateTest {
    @Test
    void aRangeEndOfOneZeroByteMeansTheEndOfTheKeySpace() {
        assertThat(Translate.keys(text("a"), text(""))).isEqualTo(KeyRange.single(bytes("a")));
        assertThat(Translate.keys(text("a"), text("b"))).isEqualTo(new KeyRange(bytes("a"), bytes("b")));
        assertThat(Translate.keys(text("a"), text("\0"))).isEqualTo(KeyRange.from(bytes("a")));
        assertThat(Translate.keys(text("\0"), text("\0"))).isEqualTo(KeyRange.from(bytes("\0")));
        assertThat(Translate.keys(text("a"), text("\0\0"))).isEqualTo(new KeyRange(bytes("a"), bytes("\0\0")));
    }

    @Test
    void aPlainRangeIsTheUsualOne() {
        assertThat(Translate.range(get("a"))).isEqualTo(Range.of(KeyRange.single(bytes("a"))));
    }

    @Test
    void everyFieldOfARangeIsTakenOver() {
        var request = RangeRequest.newBuilder()
                .setKey(text("a"))
                .setRangeEnd(text("c"))
                .setLimit(5)
                .setRevision(9)
                .setSortOrder(RangeRequest.SortOrder.DESCEND)
                .setSortTarget(RangeRequest.SortTarget.VALUE)
                .setSerializable(true)
                .setKeysOnly(true)
                .setMinModRevision(1)
                .setMaxModRevision(2)
                .setMinCreateRevision(3)
                .setMaxCreateRevision(4)
                .build();

        assertThat(Translate.range(request))
                .isEqualTo(new Range(
                        new KeyRange(bytes("a"), bytes("c")),
                        5,
                        9,
                        new Range.Sort(Range.Sort.Order.DESCEND, Range.Sort.Target.VALUE),
                        Range.Detail.KEYS_ONLY,
                        new Range.RevisionBounds(1, 2, 3, 4),
                        true));
    }

    @Test
    void anyNegativeLimitMeansNone() {
        assertThat(Translate.range(get("a").toBuilder().setLimit(-3).build()).limit())
                .isZero();
    }

    @Test
    void aNegativeRevisionIsKeptSinceItMeansSomethingInATransaction() {
        assertThat(Translate.range(get("a").toBuilder().setRevision(-3).build()).revision())
                .isEqualTo(-3);
    }

    @Test
    void onlyTheCountIsReturnedWhenKeysAndCountAreAskedFor() {
        var request = get("a").toBuilder().setCountOnly(true).setKeysOnly(true).build();

        assertThat(Translate.range(request).detail()).isEqualTo(Range.Detail.COUNT_ONLY);
    }

    @Test
    void everyFieldOfAPutIsTakenOver() {
        var request = put("a", "v").toBuilder()
                .setLease(7)
                .setPrevKv(true)
                .setIgnoreLease(true)
                .setIgnoreValue(true)
                .build();

        assertThat(Translate.put(request)).isEqualTo(new Put(bytes("a"), bytes("v"), LeaseId.of(7), true, true, true));
    }

    @Test
    void aTransactionIsTakenOverStepByStep() {
        var inner = transaction(List.of(step(get("x"))), List.of());
        var request =
                transaction(List.of(step(put("a", "v")), step(delete("b", "c")), step(inner)), List.of(step(get("d"))))
                        .toBuilder()
                        .addCompare(compare("e").setTarget(CompareTarget.MOD).setModRevision(3))
                        .build();

        assertThat(Translate.transaction(request))
                .isEqualTo(new Txn(
                        List.of(new Compare(
                                KeyRange.single(bytes("e")),
                                Compare.Relation.EQUAL,
                                new Compare.Target.ModRevision(3))),
                        List.of(
                                Put.of(bytes("a"), bytes("v")),
                                new DeleteRange(new KeyRange(bytes("b"), bytes("c")), false),
                                new Txn(List.of(), List.of(Range.of(KeyRange.single(bytes("x")))), List.of())),
                        List.of(Range.of(KeyRange.single(bytes("d"))))));
    }

    @Test
    void everyTargetAndRelationOfAComparisonIsKnown() {
        var keys = KeyRange.single(bytes("a"));

        assertThat(Translate.compare(compare("a")
                        .setTarget(CompareTarget.VERSION)
                        .setVersion(1)
                        .setResult(CompareResult.GREATER)
                        .build()))
                .isEqualTo(new Compare(keys, Compare.Relation.GREATER, new Compare.Target.Version(1)));
        assertThat(Translate.compare(compare("a")
                        .setTarget(CompareTarget.CREATE)
                        .setCreateRevision(2)
                        .setResult(CompareResult.LESS)
                        .build()))
                .isEqualTo(new Compare(keys, Compare.Relation.LESS, new Compare.Target.CreateRevision(2)));
        assertThat(Translate.compare(compare("a")
                        .setTarget(CompareTarget.VALUE)
                        .setValue(text("v"))
                        .setResult(CompareResult.NOT_EQUAL)
                        .build()))
                .isEqualTo(new Compare(keys, Compare.Relation.NOT_EQUAL, new Compare.Target.Value(bytes("v"))));
        assertThat(Translate.compare(
                        compare("a").setTarget(CompareTarget.LEASE).setLease(4).build()))
                .isEqualTo(new Compare(keys, Compare.Relation.EQUAL, new Compare.Target.Lease(LeaseId.of(4))));
    }

    @Test
    void aComparisonWithTheWrongUnionMemberComparesWithZero() {
        var wrong =
                compare("a").setTarget(CompareTarget.VERSION).setModRevision(9).build();

        assertThat(Translate.compare(wrong).target()).isEqualTo(new Compare.Target.Version(0));
    }

    @Test
    void anUnknownRelationHoldsForEveryKey() {
        var compare = Translate.compare(compare("a").setResultValue(9).build());

        assertThat(compare.target()).isEqualTo(new Compare.Target.Version(Long.MIN_VALUE));
        assertThat(compare.relation()).isEqualTo(Compare.Relation.GREATER);
    }

    @Test
    void anUnknownRelationOfValuesHoldsForEveryKeyThatExists() {
        var compare = Translate.compare(
                compare("a").setResultValue(9).setTarget(CompareTarget.VALUE).build());

        assertThat(compare.target()).isEqualTo(new Compare.Target.Version(0));
        assertThat(compare.relation()).isEqualTo(Compare.Relation.GREATER);
    }

    @Test
    void anUnknownTargetIsEqualToAnything() {
        var equal = compare("a").setTargetValue(9);

        assertThat(Translate.compare(equal.build()).relation()).isEqualTo(Compare.Relation.GREATER);
        assertThat(Translate.compare(equal.setResult(CompareResult.NOT_EQUAL).build())
                        .relation())
                .isEqualTo(Compare.Relation.LESS);
    }

    @Test
    void aWatchWithoutAKeyBeginsAtTheSmallestOne() {
        var one = WatchCreateRequest.getDefaultInstance();
        var all = WatchCreateRequest.newBuilder().setRangeEnd(text("\0")).build();
        var some = WatchCreateRequest.newBuilder().setRangeEnd(text("b")).build();

        assertThat(WatchMethod.spec(one).keys()).isEqualTo(KeyRange.single(bytes("\0")));
        assertThat(WatchMethod.spec(all).keys()).isEqualTo(KeyRange.from(bytes("\0")));
        assertThat(WatchMethod.spec(some).keys()).isEqualTo(new KeyRange(bytes("\0"), bytes("b")));
    }

    @Test
    void everyFieldOfAWatchIsTakenOver() {
        var request = WatchCreateRequest.newBuilder()
                .setKey(text("a"))
                .setStartRevision(-5)
                .setProgressNotify(true)
                .setPrevKv(true)
                .setFragment(true)
                .setWatchId(3)
                .addFilters(WatchCreateRequest.FilterType.NOPUT)
                .addFiltersValue(17)
                .build();

        assertThat(WatchMethod.spec(request))
                .isEqualTo(new WatchSpec(3, KeyRange.single(bytes("a")), -5, Set.of(Event.Kind.PUT), true, true, true));
    }
}
