package io.metastore.server.raft;

import io.metastore.server.raft.codec.EntryCodec;
import io.metastore.server.raft.propose.EntrySink;
import io.metastore.server.raft.propose.GroupLog;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftClientAsynchronousProtocol;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.exceptions.LeaderNotReadyException;
import org.apache.ratis.protocol.exceptions.LeaderSteppingDownException;
import org.apache.ratis.protocol.exceptions.ResourceUnavailableException;
import org.apache.ratis.protocol.exceptions.ServerNotReadyException;
import org.apache.ratis.protocol.exceptions.StateMachineException;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;

/// Hands groups of entries to Ratis's log, in the process and without a hop to another thread.
final class RatisLog implements GroupLog {
    /// Ratis chains all later writes of a client to one whose append failed, so a client's name is not used for
    /// ever.
    private static final long CALLS_BEFORE_A_NEW_NAME = 1_000_000;

    private final RaftServer.Division division;
    private final AtomicLong calls = new AtomicLong();
    private final AtomicReference<ClientId> client = new AtomicReference<>(ClientId.randomId());

    RatisLog(RaftServer.Division division) {
        this.division = division;
    }

    /// A new leadership begins: what failed under the last one shall not hold up this one.
    void rename() {
        client.set(ClientId.randomId());
    }

    @Override
    public void append(List<EntrySink.Outgoing> group, Consumer<Boolean> finished) {
        try {
            var _ = ((RaftClientAsynchronousProtocol) division)
                    .submitClientRequestAsync(request(group))
                    .whenComplete((reply, failure) ->
                            finished.accept(failure == null ? isSurelyAbsent(reply) : isSurelyAbsent(failure)));
        } catch (IOException e) {
            finished.accept(isSurelyAbsent(e));
        }
    }

    private RaftClientRequest request(List<EntrySink.Outgoing> group) {
        long call = calls.incrementAndGet();
        if (call % CALLS_BEFORE_A_NEW_NAME == 0) {
            rename();
        }
        var bytes =
                EntryCodec.group(group.stream().map(EntrySink.Outgoing::bytes).toList());
        return RaftClientRequest.newBuilder()
                .setClientId(client.get())
                .setServerId(division.getId())
                .setGroupId(division.getMemberId().getGroupId())
                .setCallId(call)
                .setMessage(new EntryMessage(
                        UnsafeByteOperations.unsafeWrap(bytes),
                        group.stream().map(EntrySink.Outgoing::decoded).toList()))
                .setType(RaftClientRequest.writeRequestType())
                .build();
    }

    private static boolean isSurelyAbsent(RaftClientReply reply) {
        return !reply.isSuccess() && reply.getException() != null && isSurelyAbsent(reply.getException());
    }

    /// These are raised before an entry is appended and never after. A leader that was deposed may say the same of an
    /// entry that is in its log, so that word proves nothing. A refusal by our own state machine comes before the
    /// log as well, since applying an entry never fails.
    private static boolean isSurelyAbsent(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof LeaderNotReadyException
                || cause instanceof LeaderSteppingDownException
                || cause instanceof ServerNotReadyException
                || cause instanceof StateMachineException
                || (cause instanceof ResourceUnavailableException full && isBeforeAppend(full));
    }

    /// Ratis says so when it finds no place for a request, and with other words when the request's place was taken
    /// away while the entry was appended.
    private static boolean isBeforeAppend(ResourceUnavailableException failure) {
        return failure.getMessage() != null && failure.getMessage().contains("Failed to acquire");
    }
}
