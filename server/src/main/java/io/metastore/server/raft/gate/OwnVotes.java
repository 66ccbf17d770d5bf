package io.metastore.server.raft.gate;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import org.apache.ratis.grpc.server.GrpcServices;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.jspecify.annotations.Nullable;

/// Lets a candidate ask others for votes only when its vote for itself is sure to outlive a power loss.
final class OwnVotes implements InvocationHandler {
    private final GrpcServices services;
    private final Gate gate;
    private final VoteDirectory votes;

    OwnVotes(GrpcServices services, Gate gate, VoteDirectory votes) {
        this.services = services;
        this.gate = gate;
        this.votes = votes;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (arguments != null
                && arguments.length == 1
                && arguments[0] instanceof RequestVoteRequestProto vote
                && !vote.getPreVote()) {
            syncOrFail();
        }
        return Calls.pass(services, method, arguments);
    }

    private void syncOrFail() throws IOException {
        try {
            votes.sync();
        } catch (IOException e) {
            gate.storageFailed(e);
            throw e;
        }
    }
}
