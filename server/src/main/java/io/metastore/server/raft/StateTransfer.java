package io.metastore.server.raft;

import io.metastore.proto.peer.v1.SnapshotChunk;
import io.metastore.proto.peer.v1.SnapshotRequest;
import io.metastore.server.apply.Applier;
import io.metastore.server.apply.Position;
import io.metastore.server.raft.peer.PeerClients;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;

/// TEMP
final class StateTransfer implements StateSender {
    record Own(RaftStart start, RaftServer.Division division, Applier applier, Runnable installed) {}

    StateTransfer(Own own, PeerClients peers, ReplicaStateMachine machine, Checkpoints checkpoints) {}

    CompletableFuture<Position> fetch() {
        return CompletableFuture.failedFuture(new IllegalStateException());
    }

    @Override
    public void send(SnapshotRequest request, StreamObserver<SnapshotChunk> replies) {}
}
