package io.metastore.server.raft.append;

import java.util.stream.LongStream;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto.AppendResult;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcReplyProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;

/// What a leader and a follower say.
final class Messages {
    private Messages() {}

    static AppendEntriesRequestProto entries(long callId, long... indices) {
        return AppendEntriesRequestProto.newBuilder()
                .setServerRequest(RaftRpcRequestProto.newBuilder().setCallId(callId))
                .addAllEntries(LongStream.of(indices).mapToObj(Messages::entry).toList())
                .build();
    }

    static AppendEntriesRequestProto heartbeat(long callId) {
        return entries(callId);
    }

    static LogEntryProto entry(long index) {
        return LogEntryProto.newBuilder().setTerm(1).setIndex(index).build();
    }

    /// The follower's log is that of the leader up to `matchIndex`.
    static AppendEntriesReplyProto success(long callId, long matchIndex) {
        return reply(callId, AppendResult.SUCCESS).setMatchIndex(matchIndex).build();
    }

    /// The follower lacks what is before the entries; it wants `nextIndex`.
    static AppendEntriesReplyProto inconsistency(long callId, long nextIndex) {
        return reply(callId, AppendResult.INCONSISTENCY).setNextIndex(nextIndex).build();
    }

    static AppendEntriesReplyProto.Builder reply(long callId, AppendResult result) {
        return AppendEntriesReplyProto.newBuilder()
                .setServerReply(RaftRpcReplyProto.newBuilder().setCallId(callId))
                .setResult(result);
    }
}
