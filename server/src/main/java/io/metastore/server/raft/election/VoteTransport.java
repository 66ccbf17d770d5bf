package io.metastore.server.raft.election;

import java.util.concurrent.CompletableFuture;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionReplyProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;

/// Carries the messages of elections to the member at an address (host:port), over the connection that carries all
/// others. No call blocks, and a connection that pauses after failed attempts is tried at once.
public interface VoteTransport {
    CompletableFuture<RequestVoteReplyProto> vote(String address, RequestVoteRequestProto request);

    /// Asks the member to call an election now.
    CompletableFuture<StartLeaderElectionReplyProto> startElection(
            String address, StartLeaderElectionRequestProto request);
}
