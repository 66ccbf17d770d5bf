package io.metastore.server.raft;

import io.metastore.proto.peer.v1.SnapshotChunk;
import io.metastore.proto.peer.v1.SnapshotRequest;
import io.metastore.server.apply.Position;
import io.metastore.server.raft.metric.RaftMeter;
import io.metastore.server.raft.peer.Download;
import io.metastore.server.raft.peer.PeerClients;
import io.metastore.server.raft.transfer.CheckpointReceiver;
import io.metastore.server.raft.transfer.TransferException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.protocol.RaftPeer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The state of one peer on its way here, in one attempt: what earlier attempts brought is not asked for again.
final class IncomingState implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IncomingState.class);
    private static final long KEEP_FREE_BYTES = 256L << 20;

    private final StateTransfer.Own own;
    private final RaftPeer peer;
    private final CheckpointReceiver receiver;
    private final Download stream;
    private final long start = System.nanoTime();
    private long received;

    /// Reads what is here of earlier attempts, and asks.
    ///
    /// @param atLeast the entry whose effect the state must hold
    static IncomingState ask(StateTransfer.Own own, PeerClients peers, RaftPeer peer, long atLeast) {
        var transfers = own.start().transfers();
        var wanted = new CheckpointReceiver.Wanted(
                atLeast, KEEP_FREE_BYTES, peer.getId().toString());
        var receiver = CheckpointReceiver.open(transfers.incoming(), wanted);
        var request = SnapshotRequest.newBuilder()
                .setAtLeastIndex(Math.max(0, atLeast))
                .setEngine(transfers.engine())
                .setMember(own.start().self().number())
                .addAllHeld(receiver.held().encoded())
                .build();
        return new IncomingState(own, peer, receiver, peers.snapshot(peer.getAddress(), request));
    }

    private IncomingState(StateTransfer.Own own, RaftPeer peer, CheckpointReceiver receiver, Download stream) {
        this.own = own;
        this.peer = peer;
        this.receiver = receiver;
        this.stream = stream;
    }

    /// Blocks until all of it is here, and puts it in the place of this member's state.
    Position install() {
        var checkpoint = receive();
        try {
            var position = own.stateMachine().install(checkpoint, own.installed());
            say("the state of a peer is installed");
            return position;
        } finally {
            // If it could not be used, it must not be what the next attempt goes on with.
            CheckpointReceiver.removeRemains(own.start().transfers().incoming());
        }
    }

    /// Whether the peer has sent something in this attempt.
    boolean hasBrought() {
        return received > 0;
    }

    /// Ends the stream; from any thread.
    void cancel() {
        stream.close();
    }

    @Override
    public void close() throws IOException {
        cancel();
        receiver.close();
    }

    private Path receive() {
        try (var transfer = own.meters().apply(peer).receiving()) {
            stream.forEach(chunk -> accept(chunk, transfer));
            var whole = receiver.finish();
            transfer.succeeded();
            own.meter().received(System.nanoTime() - start, whole.flushNanos());
            return whole.directory();
        } catch (RuntimeException e) {
            if (receiver.announced().isPresent()) {
                say("the state of a peer did not come whole");
            }
            throw e;
        }
    }

    private void accept(SnapshotChunk chunk, RaftMeter.Transfer transfer) {
        receiver.accept(chunk);
        if (chunk.hasManifest()) {
            transfer.resumed(announced().resumed());
            say("the state of a peer is coming");
        }
        int bytes = chunk.getData().getContent().size();
        received += bytes;
        transfer.moved(bytes);
    }

    private CheckpointReceiver.Announced announced() {
        return receiver.announced().orElseThrow(() -> new TransferException("the stream has not begun"));
    }

    private void say(String what) {
        var announced = announced();
        LOG.atInfo()
                .addKeyValue("peer", peer.getId())
                .addKeyValue("index", announced.at().getIndex())
                .addKeyValue("bytes", announced.bytes())
                .addKeyValue("resumed-bytes", announced.resumed())
                .addKeyValue("received-bytes", received)
                .addKeyValue("took-millis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start))
                .log(what);
    }
}
