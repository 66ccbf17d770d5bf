package io.metastore.server.grpc;

import static io.metastore.server.grpc.Wire.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import etcdserverpb.ResponseHeader;
import io.metastore.server.model.KeyValue;
import io.metastore.server.model.LeaseId;
import io.metastore.server.request.Outcome.DeleteDone;
import io.metastore.server.request.Outcome.PutDone;
import io.metastore.server.request.Outcome.RangeDone;
import io.metastore.server.request.Outcome.TxnDone;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private static final ResponseHeader HEADER =
            ResponseHeader.newBuilder().setClusterId(1).setRevision(9).build();
    private static final KeyValue KEY_VALUE = new KeyValue(bytes("k"), bytes("v"), 2, 5, 3, LeaseId.of(7));

    @Test
    void aVersionOfAKeyHasAllItsFields() {
        assertThat(Answers.keyValue(KEY_VALUE))
                .isEqualTo(mvccpb.KeyValue.newBuilder()
                        .setKey(Wire.text("k"))
                        .setValue(Wire.text("v"))
                        .setCreateRevision(2)
                        .setModRevision(5)
                        .setVersion(3)
                        .setLease(7)
                        .build());
    }

    @Test
    void aRangeHasItsKeysItsCountAndWhetherThereIsMore() {
        var response = Answers.range(new RangeDone(9, List.of(KEY_VALUE), true, 4), HEADER);

        assertThat(response.getHeader()).isEqualTo(HEADER);
        assertThat(response.getKvsList()).containsExactly(Answers.keyValue(KEY_VALUE));
        assertThat(response.getMore()).isTrue();
        assertThat(response.getCount()).isEqualTo(4);
    }

    @Test
    void whatWasThereBeforeIsAbsentWhenThereWasNothing() {
        assertThat(Answers.put(new PutDone(9, List.of()), HEADER).hasPrevKv()).isFalse();
        assertThat(Answers.put(new PutDone(9, List.of(KEY_VALUE)), HEADER).getPrevKv())
                .isEqualTo(Answers.keyValue(KEY_VALUE));
    }

    @Test
    void theStepsOfATransactionHaveAHeaderWithTheRevisionOnly() {
        var revisionOnly = ResponseHeader.newBuilder().setRevision(9).build();

        var response = Answers.transaction(
                new TxnDone(
                        9,
                        true,
                        List.of(
                                new PutDone(9, List.of()),
                                new DeleteDone(9, 1, List.of(KEY_VALUE)),
                                new RangeDone(9, List.of(), false, 0))),
                HEADER);

        assertThat(response.getSucceeded()).isTrue();
        assertThat(response.getResponses(0).getResponsePut().getHeader()).isEqualTo(revisionOnly);
        assertThat(response.getResponses(1).getResponseDeleteRange().getHeader())
                .isEqualTo(revisionOnly);
        assertThat(response.getResponses(1).getResponseDeleteRange().getPrevKvsCount())
                .isEqualTo(1);
        assertThat(response.getResponses(2).getResponseRange().getHeader()).isEqualTo(revisionOnly);
    }

    @Test
    void aTransactionInsideAnotherHasAnEmptyHeader() {
        var inner = new TxnDone(9, false, List.of(new PutDone(9, List.of())));

        var step = Answers.transaction(new TxnDone(9, true, List.of(inner)), HEADER)
                .getResponses(0)
                .getResponseTxn();

        assertThat(step.hasHeader()).isTrue();
        assertThat(step.getHeader()).isEqualTo(ResponseHeader.getDefaultInstance());
        assertThat(step.getResponses(0).getResponsePut().getHeader().getRevision())
                .isEqualTo(9);
    }
}
