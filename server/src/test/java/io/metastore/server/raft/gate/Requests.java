package io.metastore.server.raft.gate;

import java.util.UUID;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.TermIndexProto;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.util.ProtoUtils;

/// What peers send.
final class Requests {
    private static final RaftGroupId GROUP = RaftGroupId.valueOf(new UUID(1, 1));

    private Requests() {}

    /// The leader of `term` sends the entry at `index`.
    static AppendEntriesRequestProto append(long term, long index) {
        return AppendEntriesRequestProto.newBuilder()
                .setServerRequest(from("leader"))
                .setLeaderTerm(term)
                .addEntries(LogEntryProto.newBuilder().setTerm(term).setIndex(index))
                .build();
    }

    static AppendEntriesRequestProto heartbeat(long term) {
        return AppendEntriesRequestProto.newBuilder()
                .setServerRequest(from("leader"))
                .setLeaderTerm(term)
                .build();
    }

    /// A candidate for `term`, whose log ends at `lastIndex`, asks for a vote.
    static RequestVoteRequestProto vote(long term, long lastIndex, boolean preVote) {
        return RequestVoteRequestProto.newBuilder()
                .setServerRequest(from("candidate"))
                .setCandidateTerm(term)
                .setCandidateLastEntry(
                        TermIndexProto.newBuilder().setTerm(term - 1).setIndex(lastIndex))
                .setPreVote(preVote)
                .build();
    }

    /// To the member `voter`.
    static RaftRpcRequestProto from(String peer) {
        return RaftRpcRequestProto.newBuilder()
                .setRaftGroupId(ProtoUtils.toRaftGroupIdProtoBuilder(GROUP))
                .setRequestorId(ByteString.copyFromUtf8(peer))
                .setReplyId(ByteString.copyFromUtf8("voter"))
                .build();
    }
}
