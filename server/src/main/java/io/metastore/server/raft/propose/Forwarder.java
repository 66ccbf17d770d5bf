package io.metastore.server.raft.propose;

import io.metastore.proto.peer.v1.Fate;
import io.metastore.proto.peer.v1.ProposeRequest;
import io.metastore.proto.peer.v1.ProposeResponse;
import io.metastore.proto.peer.v1.Refusal;
import io.metastore.server.model.MemberId;
import io.metastore.server.raft.peer.PeerClients;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;

/// The follower's side of forwarded entries: keeps one stream open to the leader and gives it to the proposer as its
/// sink.
public final class Forwarder {
    private static final long RETRY_MILLIS = 20;

    private final PeerClients peers;
    private final Proposals proposals;
    private final ProposeRequest open;
    private final ScheduledExecutorService timer;
    private Optional<Stream> current = Optional.empty();

    /// A forwarder without a stream.
    ///
    /// @param timer runs what streams report, and the attempts to open one again; it drops what comes after its end
    public Forwarder(
            PeerClients peers, Proposals proposals, MemberId self, long incarnation, ScheduledExecutorService timer) {
        this.peers = peers;
        this.proposals = proposals;
        this.timer = timer;
        this.open = ProposeRequest.newBuilder()
                .setOpen(ProposeRequest.Open.newBuilder()
                        .setProposer(self.number())
                        .setIncarnation(incarnation))
                .build();
    }

    /// The member at `address` leads: entries go there.
    public synchronized void follow(String address) {
        if (current.filter(stream -> stream.address.equals(address)).isPresent()) {
            return;
        }
        stop();
        start(address);
    }

    /// Nobody else leads.
    public synchronized void stop() {
        current.ifPresent(Stream::end);
        current = Optional.empty();
    }

    private void start(String address) {
        var stream = new Stream(address);
        current = Optional.of(stream);
        stream.requests = Optional.of(peers.propose(address, stream));
        stream.requests.orElseThrow().onNext(open);
    }

    private synchronized void opened(Stream stream, ProposeResponse.Opened opened) {
        if (!isCurrent(stream)) {
            return;
        }
        if (opened.getRefusal() == Refusal.NONE) {
            proposals.sendTo(stream.sink(opened), opened.getLastSequence());
        } else {
            broken(stream);
        }
    }

    private synchronized void broken(Stream stream) {
        if (isCurrent(stream)) {
            proposals.hold(); // First: an entry that is sent on a stream after its end kills the sender.
            stream.end();
            var _ = timer.schedule(() -> again(stream), RETRY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void again(Stream broken) {
        if (isCurrent(broken)) {
            peers.reconnect(broken.address);
            start(broken.address);
        }
    }

    private boolean isCurrent(Stream stream) {
        return current.filter(now -> now == stream).isPresent();
    }

    private final class Stream implements StreamObserver<ProposeResponse> {
        private final String address;
        private Optional<StreamObserver<ProposeRequest>> requests = Optional.empty();

        Stream(String address) {
            this.address = address;
        }

        EntrySink sink(ProposeResponse.Opened opened) {
            return new ForwardSink(opened, requests.orElseThrow()::onNext);
        }

        void end() {
            requests.ifPresent(StreamObserver::onCompleted);
            requests = Optional.empty();
        }

        @Override
        public void onNext(ProposeResponse response) {
            switch (response.getKindCase()) {
                case OPENED -> timer.execute(() -> opened(this, response.getOpened()));
                case ANSWER -> {
                    if (response.getAnswer().getFate() == Fate.NOT_APPENDED) {
                        proposals.notAppended(response.getAnswer().getSequence());
                    }
                }
                case KIND_NOT_SET -> breaks();
            }
        }

        @Override
        public void onError(Throwable failure) {
            breaks();
        }

        @Override
        public void onCompleted() {
            breaks();
        }

        /// On the timer's thread: the library may call back on a thread that holds the lock of the proposals.
        private void breaks() {
            timer.execute(() -> broken(this));
        }
    }
}
