package io.metastore.server.grpc.gateway;

import com.google.protobuf.Message;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.metastore.server.grpc.json.JsonWriter;
import io.metastore.server.http.Exchange;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;
import java.util.Optional;

/// A call with a stream of answers, and perhaps one of requests, which are read as the service takes them. An answer is
/// asked for when the connection has taken the last one. All of it runs on the event loop, but for the writing of JSON.
final class StreamedCall<Q extends Message, A extends Message> extends ClientCall.Listener<A> {
    /// Of a call that was answered; the second is gRPC's own content type.
    static final Map<String, String> ANSWERED =
            Map.of("Content-Type", "application/json", "Grpc-Metadata-Content-Type", "application/grpc");

    private final Exchange exchange;
    private final Call<Q, A> call;
    private final boolean oneRequest;
    private boolean saidAll;
    private boolean pausing;
    private boolean over;

    StreamedCall(Call<Q, A> call, boolean oneRequest) {
        this.exchange = call.exchange();
        this.call = call;
        this.oneRequest = oneRequest;
    }

    void start(Metadata metadata) throws StatusException {
        var only = oneRequest ? Optional.of(call.requests().first()) : Optional.<Q>empty();
        exchange.onGone(() -> {
            over = true;
            call.call().cancel("the client has gone", null);
        });
        exchange.onWritable(this::resume);
        call.call().start(this, metadata);
        call.call().request(1);
        if (only.isPresent()) {
            call.call().sendMessage(only.get());
            finish();
        } else {
            send();
        }
    }

    @Override
    public void onReady() {
        call.later(this::send);
    }

    private void send() {
        while (!saidAll && !over && call.call().isReady()) {
            try {
                call.requests().next().ifPresentOrElse(call.call()::sendMessage, this::finish);
            } catch (StatusException e) {
                misread(e.getStatus());
            }
        }
    }

    /// What cannot be read ends the requests, as if there were no more; what is too large ends the call.
    private void misread(Status status) {
        if (status.getCode() == Status.Code.INVALID_ARGUMENT) {
            finish();
        } else {
            close(status);
            call.call().cancel("a request that cannot be served", null);
        }
    }

    private void finish() {
        saidAll = true;
        call.call().halfClose();
    }

    @Override
    public void onMessage(A message) {
        var line = JsonWriter.line(message);
        call.later(() -> write(line));
    }

    private void write(byte[] line) {
        if (over) {
            return;
        }
        if (!exchange.hasBegun()) {
            exchange.begin(HttpResponseStatus.OK, ANSWERED);
        }
        exchange.write(line);
        if (exchange.isWritable()) {
            call.call().request(1);
        } else {
            pausing = true;
        }
    }

    private void resume() {
        if (pausing) {
            pausing = false;
            call.call().request(1);
        }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        call.later(() -> close(status));
    }

    private void close(Status status) {
        if (over) {
            return;
        }
        over = true;
        if (!exchange.hasBegun()) {
            exchange.begin(Errors.httpStatus(status), status.isOk() ? Map.of() : Errors.JSON);
        }
        if (!status.isOk()) {
            exchange.write(Errors.line(status));
        }
        exchange.end();
    }
}
