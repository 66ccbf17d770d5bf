package io.metastore.server.grpc;

import etcdserverpb.WatchCreateRequest;
import etcdserverpb.WatchGrpc;
import etcdserverpb.WatchRequest;
import etcdserverpb.WatchResponse;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.Event;
import io.metastore.server.model.KeyRange;
import io.metastore.server.node.Node;
import io.metastore.server.request.Reason;
import io.metastore.server.watch.WatchMessage;
import io.metastore.server.watch.WatchMeter;
import io.metastore.server.watch.WatchSink;
import io.metastore.server.watch.WatchSpec;
import io.metastore.server.watch.WatchStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// etcd's Watch service: a stream of requests to open and to cancel watchers, and a stream of what they are told. A
/// stream whose client has said its last stays open.
final class WatchMethod implements ServerCallHandler<WatchRequest, WatchResponse> {
    /// An empty key stands for the smallest one.
    private static final Bytes SMALLEST_KEY = Bytes.wrap(new byte[] {0});

    private static final int MOST_WAITING_ANSWERS = 10_000;

    private final Node node;
    private final WatchResponses responses;
    private final Admission admission;
    private final OpenStreams streams;
    private final WatchMeter meter;

    WatchMethod(Node node, int maxMessageBytes, Admission admission, OpenStreams streams, WatchMeter meter) {
        this.node = node;
        this.responses = new WatchResponses(Headers.of(node), maxMessageBytes);
        this.admission = admission;
        this.streams = streams;
        this.meter = meter;
    }

    ServerServiceDefinition definition() {
        return ServerServiceDefinition.builder(WatchGrpc.SERVICE_NAME)
                .addMethod(WatchGrpc.getWatchMethod(), this)
                .build();
    }

    @Override
    public ServerCall.Listener<WatchRequest> startCall(
            ServerCall<WatchRequest, WatchResponse> call, Metadata metadata) {
        var refusal = admission.refuses(metadata, false);
        return refusal.isPresent() ? StreamCall.refused(call, refusal.get()) : new Watch(call, metadata).open();
    }

    static WatchSpec spec(WatchCreateRequest request) {
        var keys = Translate.keys(request.getKey(), request.getRangeEnd());
        if (request.getKey().isEmpty()) {
            keys = request.getRangeEnd().isEmpty()
                    ? KeyRange.single(SMALLEST_KEY)
                    : new KeyRange(SMALLEST_KEY, keys.to());
        }
        return new WatchSpec(
                request.getWatchId(),
                keys,
                request.getStartRevision(),
                excluded(request),
                request.getProgressNotify(),
                request.getPrevKv(),
                request.getFragment());
    }

    private static Set<Event.Kind> excluded(WatchCreateRequest request) {
        var kinds = EnumSet.noneOf(Event.Kind.class);
        for (var filter : request.getFiltersList()) {
            switch (filter) {
                case NOPUT -> kinds.add(Event.Kind.PUT);
                case NODELETE -> kinds.add(Event.Kind.DELETE);
                case UNRECOGNIZED -> {}
            }
        }
        return kinds;
    }

    /// Requests arrive on the event loop; messages are delivered by the hub's threads.
    private final class Watch extends StreamCall<WatchRequest, WatchResponse> implements WatchSink {
        private final AtomicBoolean paused = new AtomicBoolean();
        private @Nullable WatchStream watchers;

        Watch(ServerCall<WatchRequest, WatchResponse> call, Metadata metadata) {
            super(call, metadata, streams);
        }

        ServerCall.Listener<WatchRequest> open() {
            watchers = node.watch(this);
            return begin(admission);
        }

        private WatchStream watchers() {
            return Objects.requireNonNull(watchers);
        }

        @Override
        public void onMessage(WatchRequest request) {
            switch (request.getRequestUnionCase()) {
                case CREATE_REQUEST -> create(spec(request.getCreateRequest()));
                case CANCEL_REQUEST ->
                    watchers().cancel(request.getCancelRequest().getWatchId());
                case PROGRESS_REQUEST -> watchers().requestProgress();
                case REQUESTUNION_NOT_SET -> {}
            }
            requestUnlessBehind();
        }

        /// Who may not read the keys is told so on the stream, which goes on. A negative revision counts first.
        private void create(WatchSpec spec) {
            var refusal = spec.startRevision() < 0 ? Optional.<Reason>empty() : node.refusesWatch(who(), spec.keys());
            refusal.map(EtcdError::of)
                    .ifPresentOrElse(
                            error -> watchers().deny(error.printed()),
                            () -> watchers().create(spec));
        }

        @Override
        public void onReady() {
            watchers().resume();
            if (paused.getAndSet(false)) {
                requestUnlessBehind();
            }
        }

        /// A client that asks faster than it takes the answers is not listened to until it has taken them.
        private void requestUnlessBehind() {
            if (watchers().waitingAnswers() < MOST_WAITING_ANSWERS) {
                request();
            } else {
                paused.set(true);
            }
        }

        @Override
        public boolean ready() {
            return takesMore();
        }

        @Override
        public void deliver(List<WatchMessage> messages) {
            long start = System.nanoTime();
            for (var message : messages) {
                responses.of(message).forEach(this::send);
                long now = System.nanoTime();
                meter.sent(message, now - start);
                start = now;
            }
        }

        @Override
        public void ended(Ending ending) {
            end(EtcdError.STOPPED);
        }

        @Override
        void released() {
            watchers().close();
        }
    }
}
