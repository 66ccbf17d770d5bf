package io.metastore.server.raft.peer;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.metastore.proto.peer.v1.Answer;
import io.metastore.proto.peer.v1.ContactsRequest;
import io.metastore.proto.peer.v1.ContactsResponse;
import io.metastore.proto.peer.v1.HistoryRequest;
import io.metastore.proto.peer.v1.HistoryResponse;
import io.metastore.proto.peer.v1.LeaseRequest;
import io.metastore.proto.peer.v1.LeaseResponse;
import io.metastore.proto.peer.v1.MembersRequest;
import io.metastore.proto.peer.v1.MembersResponse;
import io.metastore.proto.peer.v1.ProposeRequest;
import io.metastore.proto.peer.v1.ProposeResponse;
import io.metastore.proto.peer.v1.Question;
import io.metastore.proto.peer.v1.ReportRequest;
import io.metastore.proto.peer.v1.ReportResponse;
import io.metastore.proto.peer.v1.SnapshotChunk;
import io.metastore.proto.peer.v1.SnapshotRequest;
import io.metastore.proto.peer.v1.TransferRequest;
import io.metastore.proto.peer.v1.TransferResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotReplyProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionReplyProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc;
import org.apache.ratis.thirdparty.com.google.protobuf.Message;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.MethodDescriptor;
import org.apache.ratis.thirdparty.io.grpc.MethodDescriptor.MethodType;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.protobuf.ProtoUtils;

/// The calls of the peer service. They travel over the gRPC library inside Ratis, so that members need one port, but
/// their messages belong to the ordinary protobuf library.
final class PeerMethods {
    static final String SERVICE = "metastore.peer.v1.Peer";

    /// The cluster the caller belongs to, as unsigned hexadecimal; each call carries it.
    static final Metadata.Key<String> CLUSTER = Metadata.Key.of("metastore-cluster", Metadata.ASCII_STRING_MARSHALLER);

    /// The member that the call is for, as Raft names it; left out when whoever is there is meant.
    static final Metadata.Key<String> FOR = Metadata.Key.of("metastore-for", Metadata.ASCII_STRING_MARSHALLER);

    static final MethodDescriptor<Question, Answer> ASK =
            method("Ask", MethodType.BIDI_STREAMING, Question.parser(), Answer.parser());
    static final MethodDescriptor<ProposeRequest, ProposeResponse> PROPOSE =
            method("Propose", MethodType.BIDI_STREAMING, ProposeRequest.parser(), ProposeResponse.parser());
    static final MethodDescriptor<LeaseRequest, LeaseResponse> LEASE =
            method("Lease", MethodType.UNARY, LeaseRequest.parser(), LeaseResponse.parser());
    static final MethodDescriptor<HistoryRequest, HistoryResponse> HISTORY =
            method("History", MethodType.UNARY, HistoryRequest.parser(), HistoryResponse.parser());
    static final MethodDescriptor<SnapshotRequest, SnapshotChunk> SNAPSHOT =
            method("Snapshot", MethodType.SERVER_STREAMING, SnapshotRequest.parser(), SnapshotChunk.parser());

    static final MethodDescriptor<MembersRequest, MembersResponse> MEMBERS =
            method("Members", MethodType.UNARY, MembersRequest.parser(), MembersResponse.parser());
    static final MethodDescriptor<ContactsRequest, ContactsResponse> CONTACTS =
            method("Contacts", MethodType.UNARY, ContactsRequest.parser(), ContactsResponse.parser());

    static final MethodDescriptor<ReportRequest, ReportResponse> REPORT =
            method("Report", MethodType.UNARY, ReportRequest.parser(), ReportResponse.parser());
    static final MethodDescriptor<TransferRequest, TransferResponse> TRANSFER =
            method("Transfer", MethodType.UNARY, TransferRequest.parser(), TransferResponse.parser());

    static final MethodDescriptor<AppendEntriesRequestProto, AppendEntriesReplyProto> APPEND = raftMethod(
            "Append",
            MethodType.BIDI_STREAMING,
            AppendEntriesRequestProto.getDefaultInstance(),
            AppendEntriesReplyProto.getDefaultInstance());
    static final MethodDescriptor<InstallSnapshotRequestProto, InstallSnapshotReplyProto> INSTALL = raftMethod(
            "Install",
            MethodType.UNARY,
            InstallSnapshotRequestProto.getDefaultInstance(),
            InstallSnapshotReplyProto.getDefaultInstance());

    /// Ratis's own, as its transport would send it.
    static final MethodDescriptor<RequestVoteRequestProto, RequestVoteReplyProto> VOTE =
            RaftServerProtocolServiceGrpc.getRequestVoteMethod();

    static final MethodDescriptor<StartLeaderElectionRequestProto, StartLeaderElectionReplyProto> START_ELECTION =
            RaftServerProtocolServiceGrpc.getStartLeaderElectionMethod();

    private PeerMethods() {}

    /// Ratis's own messages belong to the protobuf library inside Ratis.
    private static <I extends Message, O extends Message> MethodDescriptor<I, O> raftMethod(
            String name, MethodType type, I request, O response) {
        return MethodDescriptor.newBuilder(ProtoUtils.marshaller(request), ProtoUtils.marshaller(response))
                .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
                .setType(type)
                .build();
    }

    private static <I extends MessageLite, O extends MessageLite> MethodDescriptor<I, O> method(
            String name, MethodType type, Parser<I> request, Parser<O> response) {
        return MethodDescriptor.newBuilder(new Messages<>(request), new Messages<>(response))
                .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
                .setType(type)
                .build();
    }

    private record Messages<T extends MessageLite>(Parser<T> parser) implements MethodDescriptor.Marshaller<T> {
        @Override
        public InputStream stream(T message) {
            return new ByteArrayInputStream(message.toByteArray());
        }

        @Override
        public T parse(InputStream stream) {
            try {
                return parser.parseFrom(stream.readAllBytes());
            } catch (InvalidProtocolBufferException e) {
                throw Status.INTERNAL
                        .withDescription("a peer sent a message that cannot be read")
                        .withCause(e)
                        .asRuntimeException();
            } catch (IOException e) {
                throw Status.UNAVAILABLE
                        .withDescription("a peer's message broke off")
                        .withCause(e)
                        .asRuntimeException();
            }
        }
    }
}
