package io.metastore.server.raft.propose;

import com.google.protobuf.ByteString;
import io.metastore.proto.peer.v1.Fate;
import io.metastore.proto.peer.v1.ProposeRequest;
import io.metastore.proto.peer.v1.ProposeResponse;
import io.metastore.proto.peer.v1.Refusal;
import io.metastore.server.model.MemberId;
import io.metastore.server.raft.codec.DamagedEntryException;
import io.metastore.server.raft.codec.EntryCodec;
import io.metastore.server.raft.stream.Replies;
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
        open.forEach(stream -> stream.replies.fail(Status.UNAVAILABLE.withDescription("this member leads no more")));
    }

    private final class Stream implements StreamObserver<ProposeRequest> {
        private final Replies<ProposeResponse> replies;

        Stream(StreamObserver<ProposeResponse> replies) {
            this.replies = new Replies<>(replies);
        }

        @Override
        public void onNext(ProposeRequest request) {
            switch (request.getKindCase()) {
                case OPEN -> opened(request.getOpen());
                case ENTRY -> replies.whileOpen(() -> entry(request.getEntry()));
                case KIND_NOT_SET ->
                    replies.fail(Status.INVALID_ARGUMENT.withDescription("a proposer sent an empty message"));
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
            replies.send(ProposeResponse.newBuilder().setOpened(answer).build());
        }

        private void replace(MemberId proposer) {
            Stream older;
            synchronized (streams) {
                older = streams.put(proposer, this);
            }
            if (older != null && older != this) {
                older.replies.fail(Status.ABORTED.withDescription("a newer stream took this one's place"));
            }
        }

        /// Only while the stream is open. The one that takes its place is told the last sequence that came before, and
        /// sends everything after it again.
        private void entry(ByteString bytes) {
            try {
                var entry = EntryCodec.decode(bytes.asReadOnlyByteBuffer());
                acceptor.accept(
                        new EntrySink.Outgoing(entry.stamp(), bytes, entry),
                        () -> replies.send(notAppended(entry.stamp().sequence())));
            } catch (DamagedEntryException e) {
                replies.fail(Status.INVALID_ARGUMENT.withDescription("a proposer sent bytes that are no entry"));
            }
        }

        private static ProposeResponse notAppended(long sequence) {
            return ProposeResponse.newBuilder()
                    .setAnswer(ProposeResponse.Answer.newBuilder()
                            .setSequence(sequence)
                            .setFate(Fate.NOT_APPENDED))
                    .build();
        }

        @Override
        public void onError(Throwable failure) {
            forget();
            replies.abandon();
        }

        @Override
        public void onCompleted() {
            forget();
            replies.complete();
        }

        private void forget() {
            synchronized (streams) {
                streams.values().remove(this);
            }
        }
    }
}
