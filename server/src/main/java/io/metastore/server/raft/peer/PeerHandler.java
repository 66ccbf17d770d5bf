package io.metastore.server.raft.peer;

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
import io.metastore.proto.peer.v1.ReportResponse;
import io.metastore.proto.peer.v1.SnapshotChunk;
import io.metastore.proto.peer.v1.SnapshotRequest;
import io.metastore.proto.peer.v1.TransferRequest;
import io.metastore.proto.peer.v1.TransferResponse;
import java.io.IOException;
import java.util.function.Consumer;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotReplyProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;

/// What a member answers its peers. No call may block, except `history`, `report` and `snapshot`.
public interface PeerHandler {
    /// This member's term: it took part in no election above it so far.
    long currentTerm();

    void readIndex(ReadIndexRequest request, Consumer<ReadIndexResponse> reply);

    /// A proposer opens a stream; the observer that is returned gets what it sends, in order.
    StreamObserver<ProposeRequest> propose(StreamObserver<ProposeResponse> replies);

    /// A leader opens a stream of log entries.
    StreamObserver<AppendEntriesRequestProto> append(StreamObserver<AppendEntriesReplyProto> replies);

    /// A leader's log begins too late for this member.
    InstallSnapshotReplyProto install(InstallSnapshotRequestProto request) throws IOException;

    void lease(LeaseRequest request, Consumer<LeaseResponse> reply);

    /// Reads a long time; on a thread of its own.
    HistoryResponse history(HistoryRequest request);

    /// Who this member is and who belongs to the cluster, as far as it knows.
    MembersResponse members(MembersRequest request);

    /// How the others are doing, if this member leads.
    ContactsResponse contacts();

    /// How this member is, and the others if it leads; looks at the disk, on a thread of its own.
    ReportResponse report();

    /// This member, if it leads, is to hand leadership over.
    void transfer(TransferRequest request, Consumer<TransferResponse> reply);

    /// Sends this member's state to a peer; on a thread of its own.
    void snapshot(SnapshotRequest request, StreamObserver<SnapshotChunk> replies);
}
