package io.metastore.server.raft;

import io.metastore.proto.peer.v1.SnapshotChunk;
import io.metastore.proto.peer.v1.SnapshotRequest;
import io.metastore.server.apply.Applier;
import io.metastore.server.apply.Position;
import io.metastore.server.model.MemberId;
import io.metastore.server.raft.member.RaftPeers;
import io.metastore.server.raft.metric.RaftMeter;
import io.metastore.server.raft.peer.PeerClients;
import io.metastore.server.raft.transfer.CheckpointReceiver;
import io.metastore.server.raft.transfer.TransferException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.thirdparty.io.grpc.StatusRuntimeException;
import org.apache.ratis.thirdparty.io.grpc.stub.ServerCallStreamObserver;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves the whole state between members: for one whose log begins where the others' no longer reaches back to.
final class StateTransfer implements StateSender {
    private static final Logger LOG = LoggerFactory.getLogger(StateTransfer.class);
    private static final long KEEP_FREE_BYTES = 256L << 20;

    /// This member, and where its state is.
    ///
    /// @param installed runs, while nothing is applied, when a peer's state has taken the place of this one's
    /// @param meters is told of what comes from a peer, or goes to it
    record Own(
            RaftStart start,
            RaftServer.Division division,
            Applier applier,
            ReplicaStateMachine stateMachine,
            Runnable installed,
            RaftMeter meter,
            Function<RaftPeer, RaftMeter.Peer> meters) {}

    private final Own own;
    private final PeerClients peers;
    private final Checkpoints checkpoints;
    private final AtomicBoolean fetching = new AtomicBoolean();

    /// Removes what an earlier start left.
    StateTransfer(Own own, PeerClients peers, Checkpoints checkpoints) {
        this.own = own;
        this.peers = peers;
        this.checkpoints = checkpoints;
        CheckpointReceiver.removeRemains(own.start().transfers().incoming());
        OutgoingState.removeRemains(own.start().transfers().outgoing());
    }

    /// Whether a peer's state is on its way here.
    boolean isFetching() {
        return fetching.get();
    }

    /// Gets the state from a peer and puts it in the place of this member's; completes with its position.
    ///
    /// @param firstIndex where the leader's log begins: the state must reach up to the entry before it
    CompletableFuture<Position> fetch(long firstIndex) {
        var done = new CompletableFuture<Position>();
        if (!fetching.compareAndSet(false, true)) {
            done.completeExceptionally(new TransferException("a state is on its way already"));
            return done;
        }
        Thread.ofPlatform().name("metastore-fetch").daemon().start(() -> {
            try {
                done.complete(fetchFromAny(firstIndex - 1));
            } catch (RuntimeException | IOException e) {
                LOG.atWarn().addKeyValue("cause", e.getMessage()).log("no state was fetched, it is tried again");
                done.completeExceptionally(e);
            } finally {
                fetching.set(false);
            }
        });
        return done;
    }

    private Position fetchFromAny(long atLeast) throws IOException {
        var sources = sources();
        var failure = new TransferException("none of " + sources.size() + " peers gave its state");
        for (var peer : sources) {
            try {
                return fetchFrom(peer, atLeast);
            } catch (StatusRuntimeException | TransferException e) {
                LOG.atInfo()
                        .addKeyValue("peer", peer.getId())
                        .addKeyValue("cause", e.getMessage())
                        .log("a peer did not give its state");
                failure.addSuppressed(e);
            }
        }
        throw failure;
    }

    /// The other voters, the leader first.
    private List<RaftPeer> sources() {
        var leader = own.division().getInfo().getLeaderId();
        var sources = new ArrayList<RaftPeer>();
        for (var peer : own.division().getRaftConf().getAllPeers(RaftPeerRole.FOLLOWER)) {
            if (peer.getId().equals(leader)) {
                sources.addFirst(peer);
            } else if (!peer.getId().equals(own.division().getId())) {
                sources.addLast(peer);
            }
        }
        return sources;
    }

    private Position fetchFrom(RaftPeer peer, long atLeast) throws IOException {
        var transfers = own.start().transfers();
        var request = SnapshotRequest.newBuilder()
                .setAtLeastIndex(Math.max(0, atLeast))
                .setEngine(transfers.engine())
                .setMember(own.start().self().number())
                .build();
        var wanted = new CheckpointReceiver.Wanted(atLeast, KEEP_FREE_BYTES);
        try (var receiver = CheckpointReceiver.open(transfers.incoming(), wanted)) {
            var received = receive(peer, request, receiver);
            var position = own.stateMachine().install(received.directory(), own.installed());
            checkpoints.replaced(position);
            LOG.atInfo()
                    .addKeyValue("peer", peer.getId())
                    .addKeyValue("index", position.index())
                    .log("the state of a peer is installed");
            return position;
        }
    }

    private CheckpointReceiver.Received receive(RaftPeer peer, SnapshotRequest request, CheckpointReceiver receiver) {
        long start = System.nanoTime();
        try (var transfer = own.meters().apply(peer).receiving()) {
            peers.snapshot(peer.getAddress(), request).forEachRemaining(receiver::accept);
            var received = receiver.finish();
            transfer.succeeded();
            own.meter().received(System.nanoTime() - start, received.flushNanos());
            return received;
        }
    }

    @Override
    public void send(SnapshotRequest request, StreamObserver<SnapshotChunk> replies) {
        var stream = (ServerCallStreamObserver<SnapshotChunk>) replies;
        new OutgoingState(own.start().transfers(), own.applier(), stream, meterOf(new MemberId(request.getMember())))
                .begin(request);
    }

    /// Who asks is only what it says of itself.
    private RaftMeter.Peer meterOf(MemberId member) {
        var known = own.division()
                .getRaftConf()
                .getPeer(RaftPeers.id(member), RaftPeerRole.FOLLOWER, RaftPeerRole.LISTENER);
        return known == null ? RaftMeter.Peer.NONE : own.meters().apply(known);
    }
}
