package io.metastore.server.raft;

import io.metastore.proto.peer.v1.SnapshotChunk;
import io.metastore.proto.peer.v1.SnapshotRequest;
import io.metastore.server.apply.Applier;
import io.metastore.server.apply.Position;
import io.metastore.server.model.MemberId;
import io.metastore.server.raft.member.RaftPeers;
import io.metastore.server.raft.metric.RaftMeter;
import io.metastore.server.raft.peer.PeerClients;
import io.metastore.server.raft.transfer.Outbox;
import io.metastore.server.raft.transfer.RateLimit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.thirdparty.io.grpc.stub.ServerCallStreamObserver;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves the whole state between members: for one whose log begins where the others' no longer reaches back to.
final class StateTransfer implements StateSender, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StateTransfer.class);
    private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

    /// What is kept for somebody who may come back goes before writes of clients are refused.
    private static final double SCARCE = 0.1;

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
    private final Executor background;
    private final StateFetch fetch;
    private final OutgoingState.Sources sources;
    private final Set<OutgoingState> outgoing = ConcurrentHashMap.newKeySet();
    private volatile boolean scarce;
    private volatile boolean closed;
    private long sweptAt = System.nanoTime();

    /// @param background for work on the disk
    StateTransfer(Own own, PeerClients peers, Checkpoints checkpoints, Executor background) {
        this.own = own;
        this.background = background;
        var transfers = own.start().transfers();
        fetch = new StateFetch(own, peers, checkpoints);
        sources = new OutgoingState.Sources(
                transfers,
                own.applier(),
                new Outbox(transfers.outgoing(), System::nanoTime),
                new RateLimit(transfers.bytesPerSecond(), System::nanoTime));
        if (!own.start().witness()) {
            checkpoints.retain(this::logKept);
        }
    }

    /// Who is given a state goes on behind it in the log, which must not be gone until then.
    private Position logKept(Position durable) {
        return sources.outbox()
                .logFrom()
                .filter(from -> !scarce && from.index() < durable.index())
                .orElse(durable);
    }

    /// Whether a peer's state is on its way here.
    boolean isFetching() {
        return fetch.isRunning();
    }

    /// Gets the state from a peer and puts it in the place of this member's; completes with its position.
    ///
    /// @param firstIndex where the leader's log begins: the state must reach up to the entry before it
    CompletableFuture<Position> fetch(long firstIndex) {
        return fetch.begin(firstIndex - 1);
    }

    @Override
    public void send(SnapshotRequest request, StreamObserver<SnapshotChunk> replies) {
        var stream = (ServerCallStreamObserver<SnapshotChunk>) replies;
        var state = new OutgoingState(sources, stream, meterOf(new MemberId(request.getMember())));
        outgoing.add(state);
        if (closed) {
            state.stop();
        }
        state.begin(request, () -> outgoing.remove(state));
    }

    /// Who asks is only what it says of itself.
    private RaftMeter.Peer meterOf(MemberId member) {
        var known = own.division()
                .getRaftConf()
                .getPeer(RaftPeers.id(member), RaftPeerRole.FOLLOWER, RaftPeerRole.LISTENER);
        return known == null ? RaftMeter.Peer.NONE : own.meters().apply(known);
    }

    /// Time passes.
    void tick() {
        if (System.nanoTime() - sweptAt >= SWEEP_NANOS) {
            sweptAt = System.nanoTime();
            if (!sources.outbox().isEmpty() || fetch.hasRemains()) {
                background.execute(this::sweep);
            }
        }
    }

    private void sweep() {
        try {
            scarce = isScarce();
            sources.outbox().sweep(scarce);
            fetch.sweep(scarce);
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("what is left of states on their way was not removed");
        }
    }

    /// On the volume of the store, or of the log.
    private boolean isScarce() {
        var start = own.start();
        return List.of(start.transfers().incoming(), start.directory()).stream().anyMatch(StateTransfer::isScarce);
    }

    private static boolean isScarce(Path directory) {
        try {
            Files.createDirectories(directory);
            var store = Files.getFileStore(directory);
            return store.getUsableSpace() < store.getTotalSpace() * SCARCE;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot tell the free space of the volume of " + directory, e);
        }
    }

    /// Ends what is on its way, in both directions.
    @Override
    public void close() {
        closed = true;
        outgoing.forEach(OutgoingState::stop);
        fetch.close();
        try {
            for (var state : outgoing) {
                state.awaitEnd();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
