package io.metastore.server.raft.propose;

import com.google.protobuf.ByteString;
import io.metastore.proto.peer.v1.Fate;
import io.metastore.proto.peer.v1.ProposeRequest;
import io.metastore.proto.peer.v1.ProposeResponse;
import io.metastore.proto.peer.v1.Refusal;
import io.metastore.server.model.MemberId;
import io.metastore.server.raft.codec.DamagedEntryException;
import io.metastore.server.raft.codec.EntryCodec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;

/// The leader's side of forwarded entries: one stream a proposer, the newest one.
public final class ForwardServer {
    private final Acceptor acceptor;
    private final Map<MemberId, Stream> streams = new HashMap<>();

    public ForwardServer(Acceptor acceptor) {
        this.acceptor = acceptor;
    }

    /// A proposer opened a stream; what it sends goes to the observer that is returned.
    public StreamObserver<ProposeRequest> open(StreamObserver<ProposeResponse> replies) {
        return new Stream(replies);
    }

    /// This member leads no more: proposers look for the new leader.
    public void closeAll() {
        List<Stream> open;
        synchronized (streams) {
            open = List.copyOf(streams.values());
            streams.clear();
        }
        open.forEach(stream -> stream.fail(Status.UNAVAILABLE.withDescription("this member leads no more")));
    }

    private final class Stream implements StreamObserver<ProposeRequest> {
        private final StreamObserver<ProposeResponse> replies;
        private boolean ended;

        Stream(StreamObserver<ProposeResponse> replies) {
            this.replies = replies;
        }

        @Override
        public void onNext(ProposeRequest request) {
            switch (request.getKindCase()) {
                case OPEN -> opened(request.getOpen());
                case ENTRY -> entry(request.getEntry());
                case KIND_NOT_SET -> fail(Status.INVALID_ARGUMENT.withDescription("a proposer sent an empty message"));
            }
        }

        private void opened(ProposeRequest.Open open) {
            var proposer = new MemberId(open.getProposer());
            var epoch = acceptor.epoch();
            var answer = ProposeResponse.Opened.newBuilder();
            if (epoch.isEmpty()) {
                answer.setRefusal(Refusal.NOT_LEADER);
            } else {
                replace(proposer);
                answer.setEpoch(epoch.getAsLong())
                        .setLastSequence(acceptor.lastSequence(proposer, open.getIncarnation()))
                        .setMaxEntryBytes(acceptor.maxEntryBytes());
            }
            reply(ProposeResponse.newBuilder().setOpened(answer).build());
        }

        private void replace(MemberId proposer) {
            Stream older;
            synchronized (streams) {
                older = streams.put(proposer, this);
            }
            if (older != null && older != this) {
                older.fail(Status.ABORTED.withDescription("a newer stream took this one's place"));
            }
        }

        /// Nothing comes into the log through a stream that has ended: the one that took its place was told the
        /// last sequence before, and sends everything after it again.
        private synchronized void entry(ByteString bytes) {
            if (ended) {
                return;
            }
            try {
                var entry = EntryCodec.decode(bytes.asReadOnlyByteBuffer());
                acceptor.accept(
                        new EntrySink.Outgoing(entry.stamp(), bytes, entry),
                        () -> reply(notAppended(entry.stamp().sequence())));
            } catch (DamagedEntryException e) {
                fail(Status.INVALID_ARGUMENT.withDescription("a proposer sent bytes that are no entry"));
            }
        }

        private static ProposeResponse notAppended(long sequence) {
            return ProposeResponse.newBuilder()
                    .setAnswer(ProposeResponse.Answer.newBuilder()
                            .setSequence(sequence)
                            .setFate(Fate.NOT_APPENDED))
                    .build();
        }

        private synchronized void reply(ProposeResponse response) {
            if (!ended) {
                replies.onNext(response);
            }
        }

        private synchronized void fail(Status status) {
            if (!ended) {
                ended = true;
                replies.onError(status.asRuntimeException());
            }
        }

        @Override
        public void onError(Throwable failure) {
            forget();
            synchronized (this) {
                ended = true;
            }
        }

        /// Answered with an end too: the call would stay open otherwise, on both sides.
        @Override
        public void onCompleted() {
            forget();
            synchronized (this) {
                if (!ended) {
                    ended = true;
                    replies.onCompleted();
                }
            }
        }

        private void forget() {
            synchronized (streams) {
                streams.values().remove(this);
            }
        }
    }
}
