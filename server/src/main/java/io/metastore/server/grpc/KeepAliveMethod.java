package io.metastore.server.grpc;

import etcdserverpb.LeaseKeepAliveRequest;
import etcdserverpb.LeaseKeepAliveResponse;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.metastore.server.consensus.LeaseAnswer;
import io.metastore.server.model.LeaseId;
import io.metastore.server.node.Node;

/// Streams of lease renewals. A stream's requests are served one after the other; the next is read when the last was
/// answered. A lease that is unknown or has expired is answered with a TTL of 0.
final class KeepAliveMethod implements ServerCallHandler<LeaseKeepAliveRequest, LeaseKeepAliveResponse> {
    private final Node node;
    private final Headers headers;
    private final Admission admission;
    private final OpenStreams streams;

    KeepAliveMethod(Node node, Admission admission, OpenStreams streams) {
        this.node = node;
        this.headers = Headers.of(node);
        this.admission = admission;
        this.streams = streams;
    }

    @Override
    public ServerCall.Listener<LeaseKeepAliveRequest> startCall(
            ServerCall<LeaseKeepAliveRequest, LeaseKeepAliveResponse> call, Metadata metadata) {
        var refusal = admission.refuses(metadata, false);
        return refusal.isPresent() ? StreamCall.refused(call, refusal.get()) : new KeepAlives(call, metadata).open();
    }

    /// All of it runs on the event loop.
    private final class KeepAlives extends StreamCall<LeaseKeepAliveRequest, LeaseKeepAliveResponse> {
        private boolean renewing;
        private boolean halfClosed;

        KeepAlives(ServerCall<LeaseKeepAliveRequest, LeaseKeepAliveResponse> call, Metadata metadata) {
            super(call, metadata, streams);
        }

        ServerCall.Listener<LeaseKeepAliveRequest> open() {
            return begin(admission);
        }

        @Override
        public void onMessage(LeaseKeepAliveRequest request) {
            renewing = true;
            // The header is older than the renewal: a client must not see a lease alive at a revision at which it was
            // revoked already.
            var response =
                    LeaseKeepAliveResponse.newBuilder().setHeader(headers.now()).setID(request.getID());
            node.renewLease(
                    who(), LeaseId.of(request.getID()), answer -> loop().execute(() -> answered(response, answer)));
        }

        private void answered(LeaseKeepAliveResponse.Builder response, LeaseAnswer answer) {
            renewing = false;
            switch (answer) {
                case LeaseAnswer.Alive(var _, var grantedSeconds) ->
                    send(response.setTTL(grantedSeconds).build());
                case LeaseAnswer.Gone() -> send(response.build());
                case LeaseAnswer.Refused(var reason) -> end(EtcdError.of(reason));
            }
            if (halfClosed) {
                end(Status.OK);
            } else {
                request();
            }
        }

        @Override
        public void onHalfClose() {
            halfClosed = true;
            if (!renewing) {
                end(Status.OK);
            }
        }

        @Override
        void released() {
            // A renewal that is under way answers into the void.
        }
    }
}
