package io.metastore.server.raft.gate;

import java.io.IOException;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.util.ProtoUtils;

/// Whether Ratis takes an append without waiting for anything. It waits when this member has to
/// change its role first: for its own election to end, and until the term is on the disk. And it
/// waits when the log has no room for entries until older ones are on the disk.
record Following(RaftServer server) {
    /// Of the 4096 that may wait for the disk.
    private static final long ROOM = 2048;

    /// Whether this member follows the sender already: the leader's first append has done what takes
    /// time.
    boolean takesAtOnce(AppendEntriesRequestProto request) throws IOException {
        var call = request.getServerRequest();
        var division = server.getDivision(ProtoUtils.toRaftGroupId(call.getRaftGroupId()));
        var info = division.getInfo();
        return (info.isFollower() || info.isListener())
                && info.getCurrentTerm() == request.getLeaderTerm()
                && isLeader(info, RaftPeerId.valueOf(call.getRequestorId()))
                && hasRoom(division.getRaftLog(), request.getEntriesCount());
    }

    private static boolean isLeader(DivisionInfo info, RaftPeerId sender) {
        return sender.equals(info.getLeaderId());
    }

    /// A log that is closed, because this member ends, refuses to tell where it ends. The sender
    /// shall hear of it from Ratis, as an answer: an exception on the thread that brings messages
    /// would end the stream with a stack trace.
    private static boolean hasRoom(RaftLog log, int entries) {
        try {
            return entries == 0 || log.getNextIndex() - log.getFlushIndex() + entries < ROOM;
        } catch (IllegalStateException _) {
            return false;
        }
    }
}
