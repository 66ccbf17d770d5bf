package io.metastore.server.grpc.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import etcdserverpb.LeaseKeepAliveRequest;
import etcdserverpb.LeaseKeepAliveResponse;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.metastore.server.http.Exchanges;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamedCallTest {
    private final Exchanges exchanges = new Exchanges();
    private final Service service = new Service();

    @AfterEach
    void close() {
        exchanges.close();
    }

    @Test
    void theNextAnswerIsAskedForWhenTheConnectionHasTakenTheLast() throws StatusException {
        start("");
        assertThat(service.asked).isEqualTo(1);

        answer(1);
        assertThat(service.asked).isEqualTo(2);
        exchanges.setWritable(false);
        answer(2);
        assertThat(service.asked).isEqualTo(2);

        exchanges.setWritable(true);
        assertThat(service.asked).isEqualTo(3);
        assertThat(exchanges.written()).contains("\"TTL\":\"1\"").contains("\"TTL\":\"2\"");
    }

    @Test
    void requestsAreReadAsTheServiceTakesThem() throws StatusException {
        service.ready = false;
        start("{\"ID\":1}{\"ID\":2}");
        assertThat(service.heard).isEmpty();

        service.takeOne();
        exchanges.run();
        assertThat(service.heard).containsExactly(1L);

        service.takeOne();
        exchanges.run();
        service.takeOne();
        exchanges.run();
        assertThat(service.heard).containsExactly(1L, 2L);
        assertThat(service.halfClosed).isTrue();
    }

    @Test
    void aClientThatGoesEndsTheCall() throws StatusException {
        start("");

        exchanges.disconnect();

        assertThat(service.cancelled).isTrue();
    }

    @Test
    void anErrorBeforeTheFirstAnswerIsTheStatus() throws StatusException {
        start("");

        service.listener().onClose(Status.UNAVAILABLE.withDescription("x"), new Metadata());
        exchanges.run();

        assertThat(exchanges.written())
                .startsWith("HTTP/1.1 503 ")
                .contains("{\"error\":{\"code\":14,\"message\":\"x\"}}\n");
    }

    @Test
    void anErrorAfterwardsIsTheLastLine() throws StatusException {
        start("");
        answer(1);

        service.listener().onClose(Status.UNAVAILABLE.withDescription("x"), new Metadata());
        exchanges.run();

        assertThat(exchanges.written())
                .startsWith("HTTP/1.1 200 ")
                .contains("{\"result\":{\"TTL\":\"1\"}}\n")
                .contains("{\"error\":{\"code\":14,\"message\":\"x\"}}\n");
    }

    private void start(String body) throws StatusException {
        var exchange = exchanges.post(body);
        var requests =
                new Requests<>(exchange.request().body().shared(), LeaseKeepAliveRequest.getDefaultInstance(), 1000);
        new StreamedCall<>(new Call<>(exchange, service, requests, Runnable::run), false).start(new Metadata());
        exchanges.run();
    }

    private void answer(long ttl) {
        service.listener()
                .onMessage(LeaseKeepAliveResponse.newBuilder().setTTL(ttl).build());
        exchanges.run();
    }

    /// Writes down what is asked of it.
    private static final class Service extends ClientCall<LeaseKeepAliveRequest, LeaseKeepAliveResponse> {
        private final List<Listener<LeaseKeepAliveResponse>> listeners = new ArrayList<>();
        private final List<Long> heard = new ArrayList<>();
        private boolean ready = true;
        private boolean halfClosed;
        private boolean cancelled;
        private int asked;

        Listener<LeaseKeepAliveResponse> listener() {
            return listeners.getFirst();
        }

        void takeOne() {
            ready = true;
            listener().onReady();
        }

        @Override
        public void start(Listener<LeaseKeepAliveResponse> listener, Metadata headers) {
            listeners.add(listener);
        }

        @Override
        public void request(int messages) {
            asked += messages;
        }

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void sendMessage(LeaseKeepAliveRequest message) {
            heard.add(message.getID());
            ready = false;
        }

        @Override
        public void halfClose() {
            halfClosed = true;
        }

        @Override
        public void cancel(@Nullable String message, @Nullable Throwable cause) {
            cancelled = true;
        }
    }
}
