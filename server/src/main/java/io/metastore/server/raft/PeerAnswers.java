package io.metastore.server.raft;

import io.metastore.proto.peer.v1.ContactsResponse;
import io.metastore.proto.peer.v1.HistoryRequest;
import io.metastore.proto.peer.v1.HistoryResponse;
import io.metastore.proto.peer.v1.LeaseRequest;
import io.metastore.proto.peer.v1.LeaseResponse;
import io.metastore.proto.peer.v1.MembersRequest;
import io.metastore.proto.peer.v1.MembersResponse;
import io.metastore.proto.peer.v1.ProposeRequest;
import io.metastore.proto.peer.v1.ProposeResponse;
import io.metastore.proto.peer.v1.ReadIndexRequest;
import io.metastore.proto.peer.v1.ReadIndexResponse;
import io.metastore.proto.peer.v1.Refusal;
import io.metastore.proto.peer.v1.ReportResponse;
import io.metastore.proto.peer.v1.SnapshotChunk;
import io.metastore.proto.peer.v1.SnapshotRequest;
import io.metastore.proto.peer.v1.TransferRequest;
import io.metastore.proto.peer.v1.TransferResponse;
import io.metastore.server.consensus.HistoryHash;
import io.metastore.server.consensus.LeaseAnswer;
import io.metastore.server.model.LeaseId;
import io.metastore.server.model.MemberId;
import io.metastore.server.raft.append.Receiver;
import io.metastore.server.raft.gate.RaftCalls;
import io.metastore.server.raft.peer.Histories;
import io.metastore.server.raft.peer.PeerHandler;
import io.metastore.server.raft.propose.ForwardServer;
import io.metastore.server.raft.read.CommittedLeases;
import io.metastore.server.raft.read.LeaderRounds;
import io.metastore.server.request.Reason;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotReplyProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;

/// What this member answers its peers.
final class PeerAnswers implements PeerHandler {
    /// Who answers.
    record Parts(
            LeaderRounds rounds,
            ForwardServer incoming,
            CommittedLeases leases,
            StateSender states,
            MemberChanges members,
            RaftCalls calls,
            LongFunction<HistoryHash> history) {}

    private final RaftServer.Division division;
    private final Parts parts;

    PeerAnswers(RaftServer.Division division, Parts parts) {
        this.division = division;
        this.parts = parts;
    }

    @Override
    public long currentTerm() {
        return division.getInfo().getCurrentTerm();
    }

    @Override
    public void readIndex(ReadIndexRequest request, Consumer<ReadIndexResponse> reply) {
        var _ = parts.rounds().readIndex(word(request)).whenComplete((index, failure) -> {
            var answer = ReadIndexResponse.newBuilder();
            reply.accept(
                    failure == null
                            ? answer.setIndex(index).build()
                            : answer.setRefusal(Refusal.NOT_LEADER).build());
        });
    }

    private static LeaderRounds.Word word(ReadIndexRequest request) {
        var member = RaftPeerId.valueOf(new MemberId(request.getMember()).toString());
        return new LeaderRounds.Word(member, request.getTerm());
    }

    @Override
    public StreamObserver<ProposeRequest> propose(StreamObserver<ProposeResponse> replies) {
        return parts.incoming().open(replies);
    }

    @Override
    public StreamObserver<AppendEntriesRequestProto> append(StreamObserver<AppendEntriesReplyProto> replies) {
        return new Receiver(parts.calls()::append, replies);
    }

    @Override
    public InstallSnapshotReplyProto install(InstallSnapshotRequestProto request) throws IOException {
        return parts.calls().install(request);
    }

    @Override
    public void lease(LeaseRequest request, Consumer<LeaseResponse> reply) {
        var lease = LeaseId.of(request.getLease());
        Consumer<LeaseAnswer> answer = given -> reply.accept(response(given));
        switch (request.getKind()) {
            case RENEW -> parts.leases().renew(lease, answer);
            case TIME_TO_LIVE -> parts.leases().timeToLive(lease, answer);
            case UNRECOGNIZED ->
                reply.accept(LeaseResponse.newBuilder()
                        .setRefusal(Refusal.NOT_LEADER)
                        .build());
        }
    }

    @Override
    public HistoryResponse history(HistoryRequest request) {
        return Histories.encode(parts.history().apply(request.getRevision()));
    }

    @Override
    public void snapshot(SnapshotRequest request, StreamObserver<SnapshotChunk> replies) {
        parts.states().send(request, replies);
    }

    @Override
    public MembersResponse members(MembersRequest request) {
        return parts.members().answer(request);
    }

    @Override
    public ContactsResponse contacts() {
        return parts.members().answerContacts();
    }

    @Override
    public ReportResponse report() {
        return ReportMessages.message(parts.members().reports().own());
    }

    @Override
    public void transfer(TransferRequest request, Consumer<TransferResponse> reply) {
        parts.members().transfer(request, reply);
    }

    private static LeaseResponse response(LeaseAnswer answer) {
        var response = LeaseResponse.newBuilder();
        return switch (answer) {
            case LeaseAnswer.Alive(var remaining, var granted) ->
                response.setRemainingMillis(remaining)
                        .setGrantedSeconds(granted)
                        .build();
            case LeaseAnswer.Gone _ -> response.setGone(true).build();
            case LeaseAnswer.Refused(var reason) ->
                response.setRefusal(refusal(reason)).build();
        };
    }

    private static Refusal refusal(Reason reason) {
        if (reason == Reason.NOT_LEADER || reason == Reason.LEADER_CHANGED) {
            return Refusal.NOT_LEADER;
        }
        return reason == Reason.TOO_MANY_REQUESTS ? Refusal.OVERLOADED : Refusal.TIMED_OUT;
    }
}
