package io.metastore.server.raft;

import io.metastore.proto.peer.v1.SnapshotChunk;
import io.metastore.proto.peer.v1.SnapshotRequest;
import io.metastore.server.apply.Applier;
import io.metastore.server.apply.Scope;
import io.metastore.server.config.StorageEngine;
import io.metastore.server.raft.metric.RaftMeter;
import io.metastore.server.raft.transfer.CheckpointReceiver;
import io.metastore.server.raft.transfer.CheckpointSender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.stub.ServerCallStreamObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This member's state on its way to one peer: a checkpoint that is sent as fast as the peer takes it, and removed
/// then.
final class OutgoingState {
    private static final Logger LOG = LoggerFactory.getLogger(OutgoingState.class);

    private final RaftStart.Transfers transfers;
    private final Applier applier;
    private final ServerCallStreamObserver<SnapshotChunk> replies;
    private final RaftMeter.Peer meter;
    private final Semaphore ready = new Semaphore(0);

    /// @param meter of the peer that asks
    OutgoingState(
            RaftStart.Transfers transfers,
            Applier applier,
            ServerCallStreamObserver<SnapshotChunk> replies,
            RaftMeter.Peer meter) {
        this.meter = meter;
        this.transfers = transfers;
        this.applier = applier;
        this.replies = replies;
    }

    /// Removes checkpoints that an earlier start was sending.
    static void removeRemains(Path outgoing) {
        CheckpointReceiver.removeRemains(outgoing);
    }

    void begin(SnapshotRequest request) {
        replies.setOnReadyHandler(ready::release);
        replies.setOnCancelHandler(ready::release);
        if (!request.getEngine().equals(transfers.engine()) && !isForWitness(request)) {
            refuse(Status.FAILED_PRECONDITION, "this member keeps its state in another engine: " + transfers.engine());
        } else if (applier.applied().index() < request.getAtLeastIndex()) {
            refuse(Status.UNAVAILABLE, "this member has not applied entry " + request.getAtLeastIndex() + " yet");
        } else {
            Thread.ofPlatform()
                    .name("metastore-send-state")
                    .daemon()
                    .start(() -> run(isForWitness(request) ? Scope.MEMBERSHIP : Scope.EVERYTHING));
        }
    }

    /// It keeps a small part of the state, which all engines have alike.
    private static boolean isForWitness(SnapshotRequest request) {
        return request.getEngine().equals(StorageEngine.WITNESS.text());
    }

    private void refuse(Status status, String why) {
        replies.onError(status.withDescription(why).asRuntimeException());
    }

    private void run(Scope part) {
        var directory = transfers.outgoing().resolve(UUID.randomUUID().toString());
        try (var transfer = meter.sending()) {
            Files.createDirectories(transfers.outgoing());
            var position = applier.checkpoint(directory, part);
            try (var sender = CheckpointSender.open(directory, TermIndex.valueOf(position.term(), position.index()))) {
                send(sender, transfer);
            }
        } catch (IOException | RuntimeException e) {
            LOG.atWarn().setCause(e).log("this member's state was not sent");
            refuse(Status.INTERNAL, "the state cannot be read");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            CheckpointReceiver.removeRemains(directory);
        }
    }

    private void send(CheckpointSender sender, RaftMeter.Transfer transfer) throws InterruptedException {
        while (sender.hasNext() && !replies.isCancelled()) {
            if (replies.isReady()) {
                replies.onNext(sender.next());
            } else {
                ready.acquire();
            }
        }
        if (!replies.isCancelled()) {
            replies.onCompleted();
            transfer.succeeded();
        }
    }
}
