package io.metastore.server.grpc;

import etcdserverpb.RangeRequest;
import etcdserverpb.RangeResponse;
import etcdserverpb.RangeStreamResponse;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.metastore.server.node.Node;
import io.metastore.server.node.RangePages;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Range;

/// Large ranges, sent in pages as fast as the client takes them: a page is read when the connection has taken the
/// last one. Only the last page has the header, the count and whether there is more.
final class RangeStreamMethod implements ServerCallHandler<RangeRequest, RangeStreamResponse> {
    private final Node node;
    private final Headers headers;
    private final Admission admission;
    private final OpenStreams streams;
    private final BlockingCalls blocking;
    private final int targetBytes;

    RangeStreamMethod(Node node, Admission admission, OpenStreams streams, BlockingCalls blocking) {
        this.node = node;
        this.targetBytes = node.limits().maxRequestBytes();
        this.headers = Headers.of(node);
        this.admission = admission;
        this.streams = streams;
        this.blocking = blocking;
    }

    @Override
    public ServerCall.Listener<RangeRequest> startCall(
            ServerCall<RangeRequest, RangeStreamResponse> call, Metadata metadata) {
        var refusal = admission.refuses(metadata, false);
        return refusal.isPresent()
                ? StreamCall.refused(call, refusal.get())
                : new Pages(call, metadata).begin(admission);
    }

    private final class Pages extends OneRequestCall<RangeRequest, RangeStreamResponse> {
        Pages(ServerCall<RangeRequest, RangeStreamResponse> call, Metadata metadata) {
            super(call, metadata, streams);
        }

        @Override
        void serve(RangeRequest request) {
            var refusal = RequestChecks.rangeStream(request);
            if (refusal.isPresent()) {
                end(refusal.get());
                return;
            }
            var query = Translate.range(request);
            if (query.serializable()) {
                blocking.start(() -> run(query));
            } else {
                node.linearizable(
                        blocking::start,
                        reason -> reason.map(EtcdError::of).ifPresentOrElse(this::end, () -> run(query)));
            }
        }

        /// On a thread that may block, as all that follows.
        private void run(Range query) {
            attempt(() -> send(node.pages(who(), query), query.detail()));
        }

        private void send(RangePages pages, Range.Detail detail) throws InterruptedException {
            var size = new ChunkSize(targetBytes);
            while (awaitReady()) {
                switch (blocking.read(() -> pages.next(size.keys()))) {
                    case Outcome.RangeDone done -> {
                        boolean last = detail == Range.Detail.COUNT_ONLY || !done.more() || pages.isLimitReached();
                        var page = page(done, last);
                        send(RangeStreamResponse.newBuilder()
                                .setRangeResponse(page)
                                .build());
                        if (last) {
                            end(Status.OK);
                        }
                        size.sent(page.getSerializedSize());
                    }
                    case Outcome.Refused(var reason) -> end(EtcdError.of(reason));
                    case Outcome.Done other -> throw new IllegalStateException("a read answered with " + other);
                }
            }
        }

        private RangeResponse page(Outcome.RangeDone done, boolean last) {
            if (last) {
                return Answers.range(done, headers.at(done.revision()));
            }
            var page = RangeResponse.newBuilder();
            done.keyValues().forEach(keyValue -> page.addKvs(Answers.keyValue(keyValue)));
            return page.build();
        }
    }
}
