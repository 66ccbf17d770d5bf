package io.metastore.server.grpc;

import etcdserverpb.RangeRequest;
import etcdserverpb.RangeResponse;
import etcdserverpb.RangeStreamResponse;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.metastore.server.model.KeyValue;
import io.metastore.server.node.Node;
import io.metastore.server.node.RangePages;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Large ranges, sent in pages as fast as the client takes them: a page is read when the connection has taken
/// the last one. Only the last page has the header, the count and whether there is more.
final class RangeStreamMethod implements ServerCallHandler<RangeRequest, RangeStreamResponse> {
    private static final Logger LOG = LoggerFactory.getLogger(RangeStreamMethod.class);

    private final Node node;
    private final Headers headers;
    private final Admission admission;
    private final OpenStreams streams;
    private final Executor blocking;

    RangeStreamMethod(Node node, Admission admission, OpenStreams streams, Executor blocking) {
        this.node = node;
        this.headers = Headers.of(node);
        this.admission = admission;
        this.streams = streams;
        this.blocking = blocking;
    }

    @Override
    public ServerCall.Listener<RangeRequest> startCall(
            ServerCall<RangeRequest, RangeStreamResponse> call, Metadata metadata) {
        var refusal = admission.refuses(metadata, false);
        return refusal.isPresent() ? StreamCall.refused(call, refusal.get()) : new Pages(call, metadata).begin();
    }

    private final class Pages extends StreamCall<RangeRequest, RangeStreamResponse> {
        private @Nullable RangeRequest request;

        Pages(ServerCall<RangeRequest, RangeStreamResponse> call, Metadata metadata) {
            super(call, metadata, streams);
        }

        @Override
        public void onMessage(RangeRequest message) {
            request = message;
        }

        @Override
        public void onHalfClose() {
            var message = request;
            if (message == null) {
                end(Status.INTERNAL.withDescription("Half-closed without a request"));
                return;
            }
            RequestChecks.rangeStream(message).ifPresentOrElse(this::end, () -> blocking.execute(() -> run(message)));
        }

        private void run(RangeRequest message) {
            try (var pages = node.pages(Translate.range(message))) {
                send(pages);
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("range stream failed");
                end(Status.UNKNOWN.withDescription("etcdserver: internal error"));
            }
        }

        private void send(RangePages pages) {
            while (awaitReady()) {
                switch (pages.next()) {
                    case RangePages.Part(var keyValues) -> send(response(page(keyValues)));
                    case RangePages.Last(var revision, var keyValues, var more, var count) -> {
                        send(response(page(keyValues)
                                .setHeader(headers.at(revision))
                                .setMore(more)
                                .setCount(count)));
                        end(Status.OK);
                    }
                    case RangePages.Refused(var reason) -> end(EtcdError.of(reason));
                }
            }
        }

        private RangeResponse.Builder page(List<KeyValue> keyValues) {
            var page = RangeResponse.newBuilder();
            keyValues.forEach(keyValue -> page.addKvs(Answers.keyValue(keyValue)));
            return page;
        }

        private RangeStreamResponse response(RangeResponse.Builder page) {
            return RangeStreamResponse.newBuilder().setRangeResponse(page).build();
        }

        /// Waits until the connection takes more; false when the stream has ended.
        private synchronized boolean awaitReady() {
            while (!hasEnded() && !takesMore()) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    end(EtcdError.STOPPED);
                }
            }
            return !hasEnded();
        }

        @Override
        public synchronized void onReady() {
            notifyAll();
        }

        @Override
        synchronized void released() {
            notifyAll();
        }
    }
}
