package io.metastore.server.raft.gate;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotReplyProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;

/// What a leader may ask of this member's Raft server, through the door.
public interface RaftCalls {
    CompletableFuture<AppendEntriesReplyProto> append(AppendEntriesRequestProto request) throws IOException;

    InstallSnapshotReplyProto install(InstallSnapshotRequestProto request) throws IOException;
}
