package io.metastore.server.raft.gate;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotReplyProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionReplyProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;

/// What a leader may ask of this member's Raft server, through the door.
public interface RaftCalls {
    /// Does not block; calls with entries are carried out in order, and so are those without.
    CompletableFuture<AppendEntriesReplyProto> append(AppendEntriesRequestProto request) throws IOException;

    InstallSnapshotReplyProto install(InstallSnapshotRequestProto request) throws IOException;

    /// Lets this member become a candidate. Asked by this member itself, not by a peer.
    StartLeaderElectionReplyProto holdElection(StartLeaderElectionRequestProto request) throws IOException;
}
