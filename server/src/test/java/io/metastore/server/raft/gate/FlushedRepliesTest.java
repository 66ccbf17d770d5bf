package io.metastore.server.raft.gate;

import static io.metastore.server.fake.Fakes.fake;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto.AppendResult;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.util.ProtoUtils;
import org.junit.jupiter.api.Test;

/// Entry 8 is in the follower's memory, and Ratis says that it is there; its log is on disk up to `flushed`.
class FlushedRepliesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final RaftRpcRequestProto REQUEST = RaftRpcRequestProto.newBuilder()
            .setRaftGroupId(ProtoUtils.toRaftGroupIdProtoBuilder(RaftGroupId.valueOf(new UUID(1, 1))))
            .build();

    private volatile long flushed = 7;
    private volatile boolean open = true;
    private final FlushedReplies replies = new FlushedReplies(server());

    @Test
    void whatIsOnDiskIsAcknowledgedAtOnce() {
        flushed = 8;

        assertThat(replies.hold(REQUEST, reply(AppendResult.SUCCESS))).isCompleted();
    }

    @Test
    void whatIsOnItsWayToTheDiskIsAcknowledgedWhenItIsThere() {
        var held = replies.hold(REQUEST, reply(AppendResult.SUCCESS));
        assertThat(held).isNotDone();
        flushed = 8;

        assertThat(held).succeedsWithin(PATIENCE).isEqualTo(reply(AppendResult.SUCCESS));
    }

    @Test
    void aLogThatIsClosedBeforeAcknowledgesNothing() {
        var held = replies.hold(REQUEST, reply(AppendResult.SUCCESS));
        open = false;

        assertThat(held).failsWithin(PATIENCE).withThrowableThat().withCauseInstanceOf(IOException.class);
    }

    @Test
    void aRefusalAcknowledgesNothingAndIsGivenAtOnce() {
        assertThat(replies.hold(REQUEST, reply(AppendResult.INCONSISTENCY))).isCompleted();
    }

    private static AppendEntriesReplyProto reply(AppendResult result) {
        return AppendEntriesReplyProto.newBuilder()
                .setResult(result)
                .setMatchIndex(8)
                .build();
    }

    private RaftServer server() {
        var log = fake(RaftLog.class, (_, method, _) -> switch (method.getName()) {
            case "getFlushIndex" -> flushed;
            case "isOpened" -> open;
            default -> throw new UnsupportedOperationException(method.getName());
        });
        var division = fake(RaftServer.Division.class, (_, method, _) -> switch (method.getName()) {
            case "getRaftLog" -> log;
            default -> throw new UnsupportedOperationException(method.getName());
        });
        return fake(RaftServer.class, (_, method, _) -> switch (method.getName()) {
            case "getDivision" -> division;
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }
}
