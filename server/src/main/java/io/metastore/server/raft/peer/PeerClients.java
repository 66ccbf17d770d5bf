package io.metastore.server.raft.peer;

import io.metastore.proto.peer.v1.Answer;
import io.metastore.proto.peer.v1.ConfirmRequest;
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
import io.metastore.proto.peer.v1.ReadIndexRequest;
import io.metastore.proto.peer.v1.ReadIndexResponse;
import io.metastore.proto.peer.v1.ReportRequest;
import io.metastore.proto.peer.v1.ReportResponse;
import io.metastore.proto.peer.v1.SnapshotRequest;
import io.metastore.proto.peer.v1.TransferRequest;
import io.metastore.proto.peer.v1.TransferResponse;
import io.metastore.server.raft.gate.PeerTransport;
import io.metastore.server.raft.slow.LateHeartbeats;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotReplyProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionReplyProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.thirdparty.io.grpc.CallOptions;
import org.apache.ratis.thirdparty.io.grpc.Channel;
import org.apache.ratis.thirdparty.io.grpc.ClientInterceptors;
import org.apache.ratis.thirdparty.io.grpc.Context;
import org.apache.ratis.thirdparty.io.grpc.ManagedChannel;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.MethodDescriptor;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyChannelBuilder;
import org.apache.ratis.thirdparty.io.grpc.stub.ClientCalls;
import org.apache.ratis.thirdparty.io.grpc.stub.MetadataUtils;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslContext;

/// Calls to the other members, one connection for each place. From any thread; nothing blocks but a state on its way.
///
/// A member is called by the address (host:port) that Raft's configuration has for it, and found at the place where it
/// is now, see `find`: another member that is there instead refuses.
public final class PeerClients implements PeerTransport, AutoCloseable {
    private static final int MAX_MESSAGE_BYTES = 16 << 20;
    private static final int FLOW_CONTROL_WINDOW = 1 << 20;

    private final Map<String, ManagedChannel> channels = new ConcurrentHashMap<>();
    private final Map<String, Questions> questions = new ConcurrentHashMap<>();
    private final String cluster;
    private final Duration timeout;
    private final PeerLoops loops;
    private final Optional<SslContext> security;
    private final LateHeartbeats heartbeats = LateHeartbeats.inLog();
    private volatile Function<String, Destination> whereabouts = Destination::anybody;

    /// @param timeout after which a call without an answer has failed; streams have none
    /// @param loops end with these clients
    /// @param security how connections are made; in plain text without
    public PeerClients(long clusterId, Duration timeout, PeerLoops loops, Optional<SslContext> security) {
        this.cluster = Long.toHexString(clusterId);
        this.timeout = timeout;
        this.loops = loops;
        this.security = security;
    }

    /// From now on members are found where `whereabouts` says, given their address.
    public void find(Function<String, Destination> whereabouts) {
        this.whereabouts = whereabouts;
    }

    /// The place (host:port) where the member with this address is now.
    public String place(String address) {
        return whereabouts.apply(address).place();
    }

    /// The term of the member at `address` (host:port), read after this call was made.
    public CompletableFuture<Long> confirm(String address) {
        return ask(address, Question.newBuilder().setConfirm(ConfirmRequest.getDefaultInstance()))
                .thenApply(answer -> answer.getConfirm().getTerm());
    }

    public CompletableFuture<ReadIndexResponse> readIndex(String address, ReadIndexRequest request) {
        return ask(address, Question.newBuilder().setReadIndex(request)).thenApply(Answer::getReadIndex);
    }

    private CompletableFuture<Answer> ask(String address, Question.Builder question) {
        return questions
                .computeIfAbsent(
                        address,
                        to -> new Questions(
                                answers -> inRoot(() -> ClientCalls.asyncBidiStreamingCall(
                                        channel(to).newCall(PeerMethods.ASK, CallOptions.DEFAULT), answers)),
                                loops))
                .ask(question);
    }

    /// Fails the questions whose time is up. Called every now and then.
    public void expire() {
        questions.values().forEach(asked -> asked.expire(timeout));
    }

    public CompletableFuture<LeaseResponse> lease(String address, LeaseRequest request) {
        return unary(address, PeerMethods.LEASE, request);
    }

    /// The hash of that member's history, which it may have to read whole.
    public CompletableFuture<HistoryResponse> history(String address, HistoryRequest request, Duration patience) {
        return unary(channel(address), PeerMethods.HISTORY, request, within(patience));
    }

    /// Who is at `place`, which is taken as it is, and who belongs to its cluster. Connects at once if it must.
    public CompletableFuture<MembersResponse> members(String place, MembersRequest request) {
        connectNow(place);
        return unary(to(Destination.anybody(place)), PeerMethods.MEMBERS, request, CallOptions.DEFAULT);
    }

    public CompletableFuture<ContactsResponse> contacts(String address) {
        return unary(address, PeerMethods.CONTACTS, ContactsRequest.getDefaultInstance());
    }

    /// How a member is. Connects at once if it must.
    public CompletableFuture<ReportResponse> report(Destination member, Duration patience) {
        connectNow(member.place());
        return unary(to(member), PeerMethods.REPORT, ReportRequest.getDefaultInstance(), within(patience));
    }

    /// Asks the leader at `address` to hand leadership over.
    public CompletableFuture<TransferResponse> transfer(String address, TransferRequest request, Duration patience) {
        return unary(channel(address), PeerMethods.TRANSFER, request, within(patience));
    }

    private static CallOptions within(Duration patience) {
        return CallOptions.DEFAULT.withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Opens a stream of entries to the member at `address`; `replies` is told when it breaks.
    public StreamObserver<ProposeRequest> propose(String address, StreamObserver<ProposeResponse> replies) {
        return inRoot(() -> ClientCalls.asyncBidiStreamingCall(
                channel(address).newCall(PeerMethods.PROPOSE, CallOptions.DEFAULT), replies));
    }

    @Override
    public StreamObserver<AppendEntriesRequestProto> append(
            String address, StreamObserver<AppendEntriesReplyProto> replies) {
        return inRoot(() -> ClientCalls.asyncBidiStreamingCall(
                channel(address).newCall(PeerMethods.APPEND, CallOptions.DEFAULT), replies));
    }

    @Override
    public CompletableFuture<InstallSnapshotReplyProto> install(String address, InstallSnapshotRequestProto request) {
        return unary(address, PeerMethods.INSTALL, request);
    }

    @Override
    public CompletableFuture<RequestVoteReplyProto> vote(String address, RequestVoteRequestProto request) {
        return urgent(address, PeerMethods.VOTE, request);
    }

    @Override
    public CompletableFuture<StartLeaderElectionReplyProto> startElection(
            String address, StartLeaderElectionRequestProto request) {
        return urgent(address, PeerMethods.START_ELECTION, request);
    }

    @Override
    public void reconnect(String address) {
        connectNow(place(address));
    }

    @Override
    public void late(String member, Duration period, Duration elapsed) {
        loops.traffic().late();
        heartbeats.late(member, period, elapsed);
    }

    @Override
    public void abandon(String address) {
        Optional.ofNullable(channels.remove(place(address))).ifPresent(ManagedChannel::shutdownNow);
    }

    /// Asks for the state of the member at `address`.
    public Download snapshot(String address, SnapshotRequest request) {
        return new Download(() -> ClientCalls.blockingServerStreamingCall(
                channel(address), PeerMethods.SNAPSHOT, CallOptions.DEFAULT, request));
    }

    @Override
    public void close() {
        channels.values().forEach(ManagedChannel::shutdownNow);
        loops.close();
    }

    private <I, O> CompletableFuture<O> unary(String address, MethodDescriptor<I, O> method, I request) {
        return unary(channel(address), method, request, CallOptions.DEFAULT);
    }

    /// Connects at once if it must, and waits for that: a connection that pauses after failed attempts would refuse the
    /// call even if the other member is back.
    private <I, O> CompletableFuture<O> urgent(String address, MethodDescriptor<I, O> method, I request) {
        reconnect(address);
        return unary(channel(address), method, request, CallOptions.DEFAULT.withWaitForReady());
    }

    private <I, O> CompletableFuture<O> unary(
            Channel channel, MethodDescriptor<I, O> method, I request, CallOptions base) {
        var answer = new CompletableFuture<O>();
        var options =
                base.getDeadline() == null ? base.withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS) : base;
        inRoot(() -> {
            ClientCalls.asyncUnaryCall(channel.newCall(method, options), request, new Single<>(answer));
            return answer;
        });
        return answer;
    }

    /// A call that begins inside an incoming call's context would be cancelled with it.
    private static <T> T inRoot(Supplier<T> call) {
        var previous = Context.ROOT.attach();
        try {
            return call.get();
        } finally {
            Context.ROOT.detach(previous);
        }
    }

    private void connectNow(String place) {
        Optional.ofNullable(channels.get(place)).ifPresent(ManagedChannel::resetConnectBackoff);
    }

    private Channel channel(String address) {
        return to(whereabouts.apply(address));
    }

    private Channel to(Destination destination) {
        var headers = new Metadata();
        headers.put(PeerMethods.CLUSTER, cluster);
        destination.member().ifPresent(member -> headers.put(PeerMethods.FOR, member));
        return ClientInterceptors.intercept(
                channels.computeIfAbsent(destination.place(), this::connect),
                MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private ManagedChannel connect(String place) {
        var builder = loops.connect(NettyChannelBuilder.forTarget(place));
        var secured = security.map(builder::sslContext).orElseGet(builder::usePlaintext);
        return secured.proxyDetector(_ -> null)
                .disableRetry()
                .directExecutor()
                .flowControlWindow(FLOW_CONTROL_WINDOW)
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .keepAliveTime(2, TimeUnit.SECONDS)
                .keepAliveTimeout(3, TimeUnit.SECONDS)
                .keepAliveWithoutCalls(true)
                .build();
    }

    private record Single<T>(CompletableFuture<T> future) implements StreamObserver<T> {
        @Override
        public void onNext(T message) {
            future.complete(message);
        }

        @Override
        public void onError(Throwable failure) {
            future.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            future.completeExceptionally(new IllegalStateException("a peer ended a call without an answer"));
        }
    }
}
