package io.metastore.server.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.LeaseId;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The texts in quotation marks were logged by etcd 3.7.1, without the id of the request that stands before them.
class RequestTextTest {
    private static final Bytes FOO = Bytes.utf8("foo");

    @Test
    void aPutHasTheSizeOfItsValueOnly() {
        assertThat(RequestText.of((Command) Put.of(FOO, Bytes.utf8("bar"))))
                .isEqualTo("put:<key:\"foo\" value_size:3 >");
        assertThat(RequestText.of((Command) new Put(FOO, Bytes.utf8("bar"), LeaseId.of(7), true, false, false)))
                .isEqualTo("put:<key:\"foo\" value_size:3 lease:7 prev_kv:true >");
    }

    @Test
    void aRangeHasWhatIsNotUsual() {
        assertThat(RequestText.of(Range.of(KeyRange.single(FOO)))).isEqualTo("key:\"foo\"");
        assertThat(RequestText.of(new Range(
                        KeyRange.from(Bytes.wrap(new byte[1])),
                        2,
                        0,
                        new Range.Sort(Range.Sort.Order.DESCEND, Range.Sort.Target.KEY),
                        Range.Detail.FULL,
                        Range.RevisionBounds.NONE,
                        false)))
                .isEqualTo("key:\"\\x00\"  range_end:\"\\x00\"  limit:2  sort_order:DESCEND");
    }

    @Test
    void aTransactionHasItsParts() {
        var txn = new Txn(
                List.of(new Compare(
                        KeyRange.single(Bytes.utf8("a")),
                        Compare.Relation.EQUAL,
                        new Compare.Target.Value(Bytes.utf8("b")))),
                List.of(Put.of(Bytes.utf8("a"), Bytes.utf8("b")), Range.of(KeyRange.single(Bytes.utf8("c")))),
                List.of(Range.of(KeyRange.single(Bytes.utf8("d")))));

        assertThat(RequestText.of((Command) txn))
                .isEqualTo("txn:<compare:<target:VALUE key:\"a\" value_size:1 > success:<request_put:<key:\"a\""
                        + " value_size:1 > request_range:{key:\"c\"}> failure:<request_range:{key:\"d\"}>>");
    }

    @Test
    void otherChangesAreTold() {
        assertThat(RequestText.of((Command) new DeleteRange(KeyRange.single(FOO), false)))
                .isEqualTo("delete_range:{key:\"foo\"}");
        assertThat(RequestText.of(new Command.Compact(3))).isEqualTo("compaction:{revision:3}");
        assertThat(RequestText.of(new Command.GrantLease(LeaseId.of(0x346aa206dc1f5c0aL), 100)))
                .isEqualTo("lease_grant:<ttl:100-second id:346aa206dc1f5c0a>");
        assertThat(RequestText.of(new Command.OnBehalf(Caller.NOBODY, new Command.RevokeLease(LeaseId.of(10)))))
                .isEqualTo("lease_revoke:<id:a>");
    }

    @Test
    void nothingOfUsersIsTold() {
        assertThat(RequestText.of(new AuthCommand.AddUser("alice", Bytes.utf8("hash"), false)))
                .isEqualTo("AddUser:<>");
    }

    @Test
    void bytesThatAreNoTextAreEscapedAndLongOnesCut() {
        assertThat(RequestText.quoted(Bytes.utf8("with space\"quote\n"))).isEqualTo("\"with space\\\"quote\\n\"");
        assertThat(RequestText.quoted(Bytes.wrap(new byte[300])))
                .hasSize(256 * 4 + 5)
                .endsWith("...\"");
    }

    @Test
    void anOutcomeHasItsSize() {
        assertThat(RequestText.of(new Outcome.RangeDone(1, List.of(), false, 0)))
                .isEqualTo("range_response_count:0");
        assertThat(RequestText.of(new Outcome.TxnDone(1, true, List.of(new Outcome.RangeDone(1, List.of(), false, 0)))))
                .isEqualTo("responses:<range_response_count:0>");
        assertThat(RequestText.of(new Outcome.Accepted(1))).isEmpty();
    }

    @Test
    void aReadOnlyTransactionIsWrittenWithoutItsName() {
        Operation txn = new Txn(List.of(), List.of(Range.of(KeyRange.single(FOO))), List.of());

        assertThat(RequestText.of(txn)).isEqualTo("success:<request_range:{key:\"foo\"}> failure:<>");
    }
}
