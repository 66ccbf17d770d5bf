package io.metastore.server.differential;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import etcdserverpb.Compare;
import etcdserverpb.RangeRequest;
import etcdserverpb.RequestOp;
import etcdserverpb.ResponseHeader;
import etcdserverpb.TxnRequest;
import etcdserverpb.WatchCreateRequest;
import etcdserverpb.WatchRequest;
import etcdserverpb.WatchResponse;
import mvccpb.Event;
import mvccpb.KeyValue;
import org.junit.jupiter.api.Test;

class RevisionBaseTest {
    private final RevisionBase base = new RevisionBase(40);

    @Test
    void revisionsOfARequestAreRaisedWhereverTheyStand() {
        var txn = TxnRequest.newBuilder()
                .addCompare(Compare.newBuilder().setModRevision(3))
                .addSuccess(RequestOp.newBuilder()
                        .setRequestRange(
                                RangeRequest.newBuilder().setRevision(2).setLimit(2)))
                .build();

        var sent = base.request(txn);

        assertThat(MessageWalk.at(sent, "compare.0.mod_revision")).isEqualTo(43L);
        assertThat(MessageWalk.at(sent, "success.0.request_range.revision")).isEqualTo(42L);
        assertThat(MessageWalk.at(sent, "success.0.request_range.limit")).isEqualTo(2L);
    }

    @Test
    void whatIsZeroOrNegativeStays() {
        assertThat(MessageWalk.at(base.request(range(0)), "revision")).isEqualTo(0L);
        assertThat(MessageWalk.at(base.request(range(-1)), "revision")).isEqualTo(-1L);
        var compare = Compare.newBuilder().setModRevision(0).build();
        assertThat(base.request(compare).hasField(compare.getDescriptorForType().findFieldByName("mod_revision")))
                .isTrue();
    }

    @Test
    void aWatchFromTheFirstRevisionBeginsBehindTheDeletesThatEmptiedTheStore() {
        assertThat(MessageWalk.at(base.request(watch(1)), "create_request.start_revision"))
                .isEqualTo(42L);
        assertThat(MessageWalk.at(base.request(watch(2)), "create_request.start_revision"))
                .isEqualTo(42L);
        assertThat(MessageWalk.at(new RevisionBase(0).request(watch(1)), "create_request.start_revision"))
                .isEqualTo(1L);
    }

    @Test
    void revisionsOfAnAnswerAreLoweredAndVersionsStay() {
        var answer = WatchResponse.newBuilder()
                .setHeader(ResponseHeader.newBuilder().setRevision(45))
                .addEvents(Event.newBuilder()
                        .setKv(KeyValue.newBuilder()
                                .setCreateRevision(42)
                                .setModRevision(45)
                                .setVersion(2)))
                .build();

        var told = base.answer(answer);

        assertThat(MessageWalk.at(told, "header.revision")).isEqualTo(5L);
        assertThat(MessageWalk.at(told, "events.0.kv.create_revision")).isEqualTo(2L);
        assertThat(MessageWalk.at(told, "events.0.kv.mod_revision")).isEqualTo(5L);
        assertThat(MessageWalk.at(told, "events.0.kv.version")).isEqualTo(2L);
        assertThat(MessageWalk.at(told, "compact_revision")).isEqualTo(0L);
    }

    private static Message range(long revision) {
        return RangeRequest.newBuilder().setRevision(revision).build();
    }

    private static Message watch(long start) {
        return WatchRequest.newBuilder()
                .setCreateRequest(WatchCreateRequest.newBuilder().setStartRevision(start))
                .build();
    }
}
