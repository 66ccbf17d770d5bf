package io.metastore.server.grpc;

import static io.metastore.server.grpc.Wire.compare;
import static io.metastore.server.grpc.Wire.delete;
import static io.metastore.server.grpc.Wire.get;
import static io.metastore.server.grpc.Wire.put;
import static io.metastore.server.grpc.Wire.step;
import static io.metastore.server.grpc.Wire.text;
import static io.metastore.server.grpc.Wire.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import etcdserverpb.CompactionRequest;
import etcdserverpb.KVGrpc;
import etcdserverpb.RangeResponse;
import etcdserverpb.ResponseHeader;
import etcdserverpb.TxnRequest;
import etcdserverpb.TxnResponse;
import io.grpc.CallOptions;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The KV service from a client's side.
class KvServiceIT extends MemberFixture {
    @Test
    void aPutIsReadBackWithTheWholeHeader() {
        var put = kv.put(put("a", "1"));
        var range = kv.range(get("a"));

        assertThat(put.getHeader()).isEqualTo(header(2));
        assertThat(range.getHeader()).isEqualTo(header(2));
        assertThat(range.getCount()).isEqualTo(1);
        assertThat(range.getKvs(0))
                .isEqualTo(mvccpb.KeyValue.newBuilder()
                        .setKey(text("a"))
                        .setValue(text("1"))
                        .setCreateRevision(2)
                        .setModRevision(2)
                        .setVersion(1)
                        .build());
    }

    @Test
    void serializableRangesAndRangesOfManyKeysAreServed() {
        kv.put(put("a", "1"));
        kv.put(put("b", "2"));

        assertThat(kv.range(get("a").toBuilder().setSerializable(true).build()).getCount())
                .isEqualTo(1);
        assertThat(kv.range(get("a", "\0").toBuilder().setLimit(1).build()))
                .satisfies(response -> assertThat(response.getKvsCount()).isEqualTo(1))
                .satisfies(response -> assertThat(response.getMore()).isTrue())
                .satisfies(response -> assertThat(response.getCount()).isEqualTo(2));
    }

    @Test
    void deletesTellHowManyAndWhat() {
        kv.put(put("a", "1"));
        kv.put(put("b", "2"));

        var deleted =
                kv.deleteRange(delete("a", "z").toBuilder().setPrevKv(true).build());

        assertThat(deleted.getHeader()).isEqualTo(header(4));
        assertThat(deleted.getDeleted()).isEqualTo(2);
        assertThat(deleted.getPrevKvsList())
                .extracting(previous -> previous.getValue().toStringUtf8())
                .containsExactly("1", "2");
    }

    @Test
    void aTransactionAnswersStepByStep() {
        kv.put(put("a", "1"));
        var request = TxnRequest.newBuilder()
                .addCompare(compare("a").setVersion(1))
                .addSuccess(step(put("b", "2")))
                .addSuccess(step(get("b")))
                .addSuccess(step(transaction(List.of(step(delete("a", ""))), List.of())))
                .build();

        var response = kv.txn(request);

        assertThat(response.getHeader()).isEqualTo(header(3));
        assertThat(response.getSucceeded()).isTrue();
        var revision = ResponseHeader.newBuilder().setRevision(3).build();
        assertThat(response.getResponses(0).getResponsePut().getHeader()).isEqualTo(revision);
        assertThat(response.getResponses(1).getResponseRange().getKvs(0).getModRevision())
                .isEqualTo(3);
        var inner = response.getResponses(2).getResponseTxn();
        assertThat(inner.hasHeader()).isTrue();
        assertThat(inner.getHeader()).isEqualTo(ResponseHeader.getDefaultInstance());
        assertThat(inner.getResponses(0).getResponseDeleteRange().getDeleted()).isEqualTo(1);
    }

    @Test
    void aTransactionOfReadsRaisesNoRevision() {
        kv.put(put("a", "1"));

        var response = kv.txn(transaction(List.of(step(get("a"))), List.of()));

        assertThat(response.getHeader()).isEqualTo(header(2));
        assertThat(response.getResponses(0).getResponseRange().getKvsCount()).isEqualTo(1);
    }

    @Test
    void transactionsMayBeNestedAsDeepAsTheirBudgetAllows() {
        var nested = transaction(List.of(step(put("deep", "1"))), List.of());
        for (int depth = 1; depth < 128; depth++) {
            nested = transaction(List.of(step(nested)), List.of());
        }

        deeplyNested(nested);

        assertThat(kv.range(get("deep")).getCount()).isEqualTo(1);
        var tooDeep = transaction(List.of(step(nested)), List.of());
        assertRefused(() -> kv.txn(tooDeep), EtcdError.TOO_MANY_OPERATIONS);
    }

    @Test
    void refusalsCarryTheCodesAndTextsOfEtcd() {
        assertRefused(() -> kv.range(get("")), EtcdError.EMPTY_KEY);
        assertRefused(() -> kv.put(put("", "1")), EtcdError.EMPTY_KEY);
        assertRefused(() -> kv.range(get("a").toBuilder().setRevision(9).build()), EtcdError.FUTURE_REVISION);
        assertRefused(() -> kv.put(put("a", "").toBuilder().setIgnoreValue(true).build()), EtcdError.KEY_NOT_FOUND);
        assertRefused(() -> kv.put(put("a", "").toBuilder().setLease(5).build()), EtcdError.LEASE_NOT_FOUND);
        assertRefused(
                () -> kv.compact(CompactionRequest.newBuilder().setRevision(9).build()), EtcdError.FUTURE_REVISION);
    }

    @Test
    void compactedRevisionsAreGone() {
        kv.put(put("a", "1"));
        kv.put(put("a", "2"));

        var compacted = kv.compact(
                CompactionRequest.newBuilder().setRevision(3).setPhysical(true).build());

        assertThat(compacted.getHeader()).isEqualTo(header(3));
        assertRefused(() -> kv.range(get("a").toBuilder().setRevision(2).build()), EtcdError.COMPACTED);
        assertThat(kv.range(get("a").toBuilder().setRevision(3).build()).getCount())
                .isEqualTo(1);
    }

    @Test
    void aLargeRangeComesInParts() {
        for (int i = 0; i < 100; i++) {
            kv.put(put("k%03d".formatted(i), "v"));
        }

        var parts = new ArrayList<RangeResponse>();
        kv.rangeStream(get("k", "l")).forEachRemaining(part -> parts.add(part.getRangeResponse()));

        assertThat(parts).extracting(RangeResponse::getKvsCount).containsExactly(10, 20, 40, 30);
        assertThat(parts.subList(0, 3)).noneMatch(RangeResponse::hasHeader);
        assertThat(parts.getLast().getHeader()).isEqualTo(header(101));
        assertThat(parts.getLast().getCount()).isEqualTo(100);
        assertThat(parts.getLast().getMore()).isFalse();
    }

    @Test
    void aLargeRangeStopsAtItsLimitAndCountsOnInOneMessage() {
        for (int i = 0; i < 40; i++) {
            kv.put(put("k%03d".formatted(i), "v"));
        }

        var parts = new ArrayList<RangeResponse>();
        kv.rangeStream(get("k", "l").toBuilder().setLimit(15).build())
                .forEachRemaining(part -> parts.add(part.getRangeResponse()));
        var counts = new ArrayList<RangeResponse>();
        kv.rangeStream(get("k", "l").toBuilder().setCountOnly(true).build())
                .forEachRemaining(part -> counts.add(part.getRangeResponse()));

        assertThat(parts).extracting(RangeResponse::getKvsCount).containsExactly(10, 5);
        assertThat(parts.getLast().getMore()).isTrue();
        assertThat(parts.getLast().getCount()).isEqualTo(40);
        assertThat(counts).hasSize(1);
        assertThat(counts.getFirst().getCount()).isEqualTo(40);
        assertThat(counts.getFirst().getKvsCount()).isZero();
    }

    @Test
    void aStreamedRangeOfThePastTellsTheNewestRevisionAsAnyOther() {
        kv.put(put("k", "old"));
        kv.put(put("k", "new"));

        var parts = kv.rangeStream(get("k").toBuilder().setRevision(2).build());

        var part = parts.next().getRangeResponse();
        assertThat(part.getHeader()).isEqualTo(header(3));
        assertThat(part.getKvs(0).getValue().toStringUtf8()).isEqualTo("old");
    }

    @Test
    void aStreamedRangeIsRefusedLikeAnyOther() {
        assertRefused(() -> kv.rangeStream(get("")).hasNext(), EtcdError.EMPTY_KEY);
        assertRefused(
                () -> kv.rangeStream(get("a").toBuilder().setRevision(9).build())
                        .hasNext(),
                EtcdError.FUTURE_REVISION);
        assertRefused(
                () -> kv.rangeStream(get("a").toBuilder().setMaxModRevision(9).build())
                        .hasNext(),
                EtcdError.STREAM_REVISION_FILTER);
    }

    /// A call whose answer may be nested as deep as its request; the stubs of grpc-java stop at 100 messages.
    private void deeplyNested(TxnRequest request) {
        var method = KVGrpc.getTxnMethod();
        var deep = method.toBuilder(
                        method.getRequestMarshaller(),
                        ProtoUtils.marshallerWithRecursionLimit(TxnResponse.getDefaultInstance(), 1000))
                .build();
        ClientCalls.blockingUnaryCall(member.channel(), deep, CallOptions.DEFAULT, request);
    }
}
