package io.metastore.server.raft.append;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotReplyProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;

/// Carries Raft's messages to the member at an address (host:port). No call blocks.
public interface AppendTransport {
    /// Opens a stream: messages arrive in the order in which they are sent, or the stream breaks and `replies` is told.
    StreamObserver<AppendEntriesRequestProto> append(String address, StreamObserver<AppendEntriesReplyProto> replies);

    /// Tells a follower that the leader's log begins too late for it.
    CompletableFuture<InstallSnapshotReplyProto> install(String address, InstallSnapshotRequestProto request);

    /// Attempts to connect at once, without the pause that follows a failed attempt.
    void reconnect(String address);

    /// Told when a heartbeat to a member is sent so late that its time was up twice.
    ///
    /// @param member its id
    /// @param period that lies between two in good times
    /// @param elapsed since the one before it
    void late(String member, Duration period, Duration elapsed);

    /// Ends the connection, over which nothing comes back any more; the next call makes another.
    void abandon(String address);
}
