package io.metastore.server.raft;

import io.metastore.proto.peer.v1.SnapshotChunk;
import io.metastore.proto.peer.v1.SnapshotRequest;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;

/// Gives this member's state to a peer that needs it.
interface StateSender {
    /// Sends everything, or ends the stream with the reason why it cannot. Returns at once.
    void send(SnapshotRequest request, StreamObserver<SnapshotChunk> replies);
}
