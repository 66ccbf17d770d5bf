package io.metastore.server.raft;

import io.metastore.server.apply.Position;
import io.metastore.server.raft.peer.PeerClients;
import io.metastore.server.raft.transfer.CheckpointReceiver;
import io.metastore.server.raft.transfer.TransferException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gets this member the state of a peer: first from who has sent a part of it before, then from the leader, then from
/// the others.
final class StateFetch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StateFetch.class);

    /// For so long a peer that was sending is waited for: another one sends another checkpoint.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration PAUSE = Duration.ofMillis(250);

    /// For so long remains wait for the next fetch: it may be that none is needed.
    private static final Duration REMAINS_KEPT = Duration.ofMinutes(10);

    private static final Duration LONGEST_END = Duration.ofSeconds(10);

    private final StateTransfer.Own own;
    private final PeerClients peers;
    private final Checkpoints checkpoints;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean running;
    private volatile boolean remains;
    private volatile long endedAt = System.nanoTime();
    private volatile @Nullable Thread thread;
    private volatile @Nullable IncomingState current;

    StateFetch(StateTransfer.Own own, PeerClients peers, Checkpoints checkpoints) {
        this.own = own;
        this.peers = peers;
        this.checkpoints = checkpoints;
        this.remains = Files.exists(own.start().transfers().incoming());
    }

    boolean isRunning() {
        return running;
    }

    boolean hasRemains() {
        return remains;
    }

    /// @param atLeast the entry whose effect the state must hold
    CompletableFuture<Position> begin(long atLeast) {
        var done = new CompletableFuture<Position>();
        if (isClosed() || !busy.compareAndSet(false, true)) {
            done.completeExceptionally(new TransferException("a state is on its way already"));
            return done;
        }
        running = true;
        remains = true;
        thread = Thread.ofPlatform().name("metastore-fetch").daemon().start(() -> run(atLeast, done));
        return done;
    }

    private void run(long atLeast, CompletableFuture<Position> done) {
        try {
            done.complete(fetchFromAny(atLeast));
        } catch (RuntimeException | IOException e) {
            LOG.atWarn().addKeyValue("cause", e.getMessage()).log("no state was fetched, it is tried again");
            done.completeExceptionally(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            done.completeExceptionally(e);
        } finally {
            endedAt = System.nanoTime();
            running = false;
            busy.set(false);
        }
    }

    private Position fetchFromAny(long atLeast) throws IOException, InterruptedException {
        var sources = sources();
        var failure = new TransferException("none of " + sources.size() + " peers gave its state");
        for (var peer : sources) {
            try {
                return fetchPatiently(peer, atLeast);
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

    /// The other voters, the best first.
    private List<RaftPeer> sources() {
        var earlier = CheckpointReceiver.earlierSender(own.start().transfers().incoming());
        var leader = Optional.ofNullable(own.division().getInfo().getLeaderId()).map(Object::toString);
        var others = new ArrayList<>(own.division().getRaftConf().getAllPeers(RaftPeerRole.FOLLOWER));
        others.removeIf(peer -> peer.getId().equals(own.division().getId()));
        for (var preferred : List.of(leader, earlier)) {
            others.stream()
                    .filter(peer -> preferred.equals(Optional.of(peer.getId().toString())))
                    .findFirst()
                    .ifPresent(peer -> {
                        others.remove(peer);
                        others.addFirst(peer);
                    });
        }
        return others;
    }

    /// Asks again as long as the peer sends something now and then.
    private Position fetchPatiently(RaftPeer peer, long atLeast) throws IOException, InterruptedException {
        var brought = Optional.<Long>empty();
        while (true) {
            try (var state = IncomingState.ask(own, peers, peer, atLeast)) {
                current = state;
                try {
                    if (isClosed()) {
                        throw new TransferException("this member stops");
                    }
                    var position = state.install();
                    checkpoints.replaced(position);
                    remains = false;
                    return position;
                } catch (StatusRuntimeException e) {
                    brought = state.hasBrought() ? Optional.of(System.nanoTime()) : brought;
                    if (!isBreak(e) || brought.isEmpty() || isOver(brought.get())) {
                        throw e;
                    }
                }
            } finally {
                current = null;
            }
            if (closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new TransferException("this member stops");
            }
            peers.reconnect(peer.getAddress());
        }
    }

    private static boolean isBreak(StatusRuntimeException failure) {
        var code = failure.getStatus().getCode();
        return code == Status.Code.UNAVAILABLE || code == Status.Code.CANCELLED;
    }

    private static boolean isOver(long since) {
        return System.nanoTime() - since > PATIENCE.toNanos();
    }

    /// Removes what earlier fetches left and nobody asked for since, or all of it if space is scarce.
    void sweep(boolean scarce) {
        boolean old = System.nanoTime() - endedAt > REMAINS_KEPT.toNanos();
        if ((scarce || old) && busy.compareAndSet(false, true)) {
            try {
                CheckpointReceiver.removeRemains(own.start().transfers().incoming());
                remains = false;
            } finally {
                busy.set(false);
            }
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    /// What was received stays. Returns when nothing is written any more, or after some seconds.
    @Override
    public void close() {
        closed.countDown();
        Optional.ofNullable(current).ifPresent(IncomingState::cancel);
        var fetching = thread;
        if (fetching != null) {
            try {
                fetching.join(LONGEST_END);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
