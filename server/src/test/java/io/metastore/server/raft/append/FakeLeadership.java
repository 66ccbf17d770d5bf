package io.metastore.server.raft.append;

import static io.metastore.server.fake.Fakes.fake;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.DivisionProperties;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.leader.LeaderState;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.raftlog.RaftLogIOException;
import org.apache.ratis.util.TimeDuration;
import org.jspecify.annotations.Nullable;

/// The few things that a sender looks at in a leader of Ratis, under the control of a test. Its log begins with the
/// index 0 and is of one term.
final class FakeLeadership {
    private static final RaftPeerId SELF = RaftPeerId.valueOf("leader");

    volatile boolean leads = true;
    volatile boolean readable = true;
    volatile long committed = -1;
    /// Half of it passes until a heartbeat is due: by default none is.
    volatile int rpcTimeoutMillis = 3_600_000;
    /// Each time the sender's own thread looked at everything.
    final AtomicInteger rounds = new AtomicInteger();
    final List<TransferLeadershipRequest> abdications = new CopyOnWriteArrayList<>();
    final AtomicInteger restarts = new AtomicInteger();
    final List<Long> termsSeen = new CopyOnWriteArrayList<>();
    final List<Long> followerCommits = new CopyOnWriteArrayList<>();
    final AtomicInteger successes = new AtomicInteger();
    private final AtomicLong nextIndex = new AtomicLong();

    /// Entries are in the log; nobody is notified.
    void append(int count) {
        nextIndex.addAndGet(count);
    }

    RaftServer.Division division() {
        var info = fake(DivisionInfo.class, (_, method, _) -> switch (method.getName()) {
            case "isAlive" -> true;
            case "isLeader" -> leads;
            default -> throw new UnsupportedOperationException(method.getName());
        });
        var times = fake(DivisionProperties.class, (_, method, _) -> switch (method.getName()) {
            case "minRpcTimeoutMs" -> rpcTimeoutMillis;
            default -> throw new UnsupportedOperationException(method.getName());
        });
        var properties = new RaftProperties();
        var server = fake(RaftServer.class, (_, method, arguments) -> switch (method.getName()) {
            case "getProperties" -> properties;
            case "transferLeadership" -> {
                abdications.add((TransferLeadershipRequest) arguments[0]);
                throw new IOException("nobody else can lead");
            }
            default -> throw new UnsupportedOperationException(method.getName());
        });
        var log = log();
        var threads = new ThreadGroup("leader");
        return fake(RaftServer.Division.class, (_, method, _) -> switch (method.getName()) {
            case "getInfo" -> info;
            case "properties" -> times;
            case "getRaftServer" -> server;
            case "getId" -> SELF;
            case "getMemberId" -> RaftGroupMemberId.valueOf(SELF, RaftGroupId.randomId());
            case "getRaftLog" -> log;
            case "getThreadGroup" -> threads;
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private RaftLog log() {
        return fake(RaftLog.class, (_, method, arguments) -> switch (method.getName()) {
            case "isOpened" -> true;
            case "getStartIndex" -> 0L;
            case "getNextIndex" -> nextIndex.get();
            case "getLastCommittedIndex" -> committed;
            case "getTermIndex" -> TermIndex.valueOf(1, (Long) arguments[0]);
            case "getEntryWithData" -> entry((Long) arguments[0]);
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private RaftLog.EntryWithData entry(long index) throws RaftLogIOException {
        if (!readable) {
            throw new RaftLogIOException("the disk is gone");
        }
        var entry = Messages.entry(index);
        return new RaftLog.EntryWithData() {
            @Override
            public int getSerializedSize() {
                return entry.getSerializedSize();
            }

            @Override
            public LogEntryProto getEntry(TimeDuration timeout) {
                return entry;
            }
        };
    }

    LeaderState state() {
        return fake(LeaderState.class, (_, method, arguments) -> switch (method.getName()) {
            case "newAppendEntriesRequestProto" ->
                request(entries(arguments[1]), (TermIndex) arguments[2], (Long) arguments[3]);
            case "checkHealth" -> rounds.incrementAndGet();
            case "restart" -> restarts.incrementAndGet();
            case "isFollowerBootstrapping" -> false;
            case "onFollowerTerm" -> termsSeen.add((Long) arguments[1]);
            case "onFollowerCommitIndex" -> followerCommits.add((Long) arguments[1]);
            case "onFollowerSuccessAppendEntries" -> successes.incrementAndGet();
            case "onAppendEntriesReply" -> this;
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static List<LogEntryProto> entries(Object list) {
        return ((List<?>) list).stream().map(LogEntryProto.class::cast).toList();
    }

    private AppendEntriesRequestProto request(List<LogEntryProto> entries, @Nullable TermIndex previous, long callId) {
        var request = AppendEntriesRequestProto.newBuilder()
                .setServerRequest(RaftRpcRequestProto.newBuilder().setCallId(callId))
                .addAllEntries(entries)
                .setLeaderCommit(committed);
        if (previous != null) {
            request.setPreviousLog(previous.toProto());
        }
        return request.build();
    }
}
