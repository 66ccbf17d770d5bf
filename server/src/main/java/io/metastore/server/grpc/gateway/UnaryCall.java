package io.metastore.server.grpc.gateway;

import com.google.protobuf.Message;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.metastore.server.grpc.json.JsonWriter;
import io.metastore.server.http.Answer;
import io.metastore.server.model.Bytes;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;

/// A call with one answer.
final class UnaryCall<Q extends Message, A extends Message> extends ClientCall.Listener<A> {
    private final Call<Q, A> call;
    private boolean gone;
    private volatile @Nullable A answer;

    UnaryCall(Call<Q, A> call) {
        this.call = call;
    }

    void start(Metadata metadata) {
        call.exchange().onGone(() -> {
            gone = true;
            call.call().cancel("the client has gone", null);
        });
        call.work(call.requests().bytes(), () -> read(metadata));
    }

    private void read(Metadata metadata) {
        try {
            var request = call.requests().first();
            if (call.exchange().loop().inEventLoop()) {
                send(request, metadata);
            } else {
                call.later(() -> send(request, metadata));
            }
        } catch (StatusException e) {
            call.exchange().answer(Errors.answer(e.getStatus()));
        }
    }

    private void send(Q request, Metadata metadata) {
        if (gone) {
            return;
        }
        call.call().start(this, metadata);
        call.call().request(1);
        call.call().sendMessage(request);
        call.call().halfClose();
    }

    @Override
    public void onMessage(A message) {
        answer = message;
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        var message = answer;
        if (!status.isOk() || message == null) {
            call.exchange().answer(Errors.answer(status));
            return;
        }
        call.work(
                message.getSerializedSize(),
                () -> call.exchange()
                        .answer(new Answer(
                                HttpResponseStatus.OK, StreamedCall.ANSWERED, Bytes.wrap(JsonWriter.whole(message)))));
    }
}
