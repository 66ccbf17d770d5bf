package io.metastore.server.raft.peer;

import io.metastore.server.model.MemberId;
import io.metastore.server.tls.ServerTls;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.grpc.server.GrpcServices;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotReplyProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.MethodDescriptor;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallExecutorSupplier;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptors;
import org.apache.ratis.thirdparty.io.grpc.ServerServiceDefinition;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyServerBuilder;
import org.apache.ratis.thirdparty.io.grpc.stub.ServerCalls;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/// Adds the peer service to the server that Ratis makes, on the same port, and a few pages of plain HTTP. Calls that
/// come before there is a handler, from a member of another cluster or for another member are refused.
public final class PeerServices implements GrpcServices.Customizer {
    private final String cluster;
    private final String self;
    private final PeerLoops loops;
    private final Optional<ServerTls> security;
    private final CompletableFuture<PeerHandler> handler = new CompletableFuture<>();
    private volatile Optional<PeerPages> pages = Optional.empty();

    /// A service for the members of this cluster only.
    ///
    /// @param security how connections begin; in plain text without
    public PeerServices(long clusterId, MemberId self, PeerLoops loops, Optional<ServerTls> security) {
        this.loops = loops;
        this.security = security;
        this.cluster = Long.toHexString(clusterId);
        this.self = self.toString();
    }

    /// From now on peers are answered.
    public void serve(PeerHandler peers) {
        handler.complete(peers);
    }

    /// From now on plain HTTP is answered too.
    public void show(PeerPages site) {
        pages = Optional.of(site);
    }

    @Override
    public NettyServerBuilder customize(NettyServerBuilder builder, EnumSet<GrpcServices.Type> types) {
        // Our calls wait for nothing: a hop to another thread would cost as much as they do.
        return loops.serve(builder.protocolNegotiator(new PeerPort(security, () -> pages)))
                .directExecutor()
                .callExecutor(new VotesAside())
                .permitKeepAliveTime(1, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .addService(ServerInterceptors.intercept(definition(), new OnlyForUs()));
    }

    private ServerServiceDefinition definition() {
        return ServerServiceDefinition.builder(PeerMethods.SERVICE)
                .addMethod(
                        PeerMethods.ASK, ServerCalls.asyncBidiStreamingCall(answers -> new Answers(ready(), answers)))
                .addMethod(
                        PeerMethods.LEASE,
                        ServerCalls.asyncUnaryCall(
                                (request, replies) -> ready().lease(request, reply -> once(replies, reply))))
                .addMethod(
                        PeerMethods.HISTORY,
                        ServerCalls.asyncUnaryCall((request, replies) -> once(replies, ready().history(request))))
                .addMethod(
                        PeerMethods.MEMBERS,
                        ServerCalls.asyncUnaryCall((request, replies) -> once(replies, ready().members(request))))
                .addMethod(
                        PeerMethods.CONTACTS,
                        ServerCalls.asyncUnaryCall((_, replies) -> once(replies, ready().contacts())))
                .addMethod(
                        PeerMethods.REPORT, ServerCalls.asyncUnaryCall((_, replies) -> once(replies, ready().report())))
                .addMethod(
                        PeerMethods.TRANSFER,
                        ServerCalls.asyncUnaryCall(
                                (request, replies) -> ready().transfer(request, reply -> once(replies, reply))))
                .addMethod(PeerMethods.PROPOSE, ServerCalls.asyncBidiStreamingCall(replies -> ready().propose(replies)))
                .addMethod(PeerMethods.APPEND, ServerCalls.asyncBidiStreamingCall(replies -> ready().append(replies)))
                .addMethod(PeerMethods.INSTALL, ServerCalls.asyncUnaryCall(this::install))
                .addMethod(
                        PeerMethods.SNAPSHOT,
                        ServerCalls.asyncServerStreamingCall((request, replies) -> ready().snapshot(request, replies)))
                .build();
    }

    private void install(InstallSnapshotRequestProto request, StreamObserver<InstallSnapshotReplyProto> replies) {
        try {
            once(replies, ready().install(request));
        } catch (IOException e) {
            replies.onError(Status.UNAVAILABLE.withDescription(e.getMessage()).asRuntimeException());
        }
    }

    private PeerHandler ready() {
        if (!handler.isDone()) {
            throw Status.UNAVAILABLE.withDescription("this member is starting").asRuntimeException();
        }
        return handler.join();
    }

    private static <T> void once(StreamObserver<T> replies, T reply) {
        replies.onNext(reply);
        replies.onCompleted();
    }

    /// A vote waits until it is on disk, and for an election of this member's own to end; so may the message
    /// that this member needs a state. A hash of the history reads all of it, and a
    /// report looks at the disk. Appends that must wait are set aside
    /// by who carries them out.
    private static final class VotesAside implements ServerCallExecutorSupplier {
        private static final Set<MethodDescriptor<?, ?>> BLOCKING =
                Set.of(PeerMethods.INSTALL, PeerMethods.HISTORY, PeerMethods.REPORT);

        private final Executor threads =
                task -> Thread.ofVirtual().name("metastore-vote").start(task);

        @Override
        public <I, O> @Nullable Executor getExecutor(ServerCall<I, O> call, Metadata headers) {
            boolean ours = PeerMethods.SERVICE.equals(call.getMethodDescriptor().getServiceName());
            return ours && !BLOCKING.contains(call.getMethodDescriptor()) ? null : threads;
        }
    }

    private final class OnlyForUs implements ServerInterceptor {
        @Override
        public <I, O> ServerCall.Listener<I> interceptCall(
                ServerCall<I, O> call, Metadata headers, ServerCallHandler<I, O> next) {
            var refusal = refusal(call.getMethodDescriptor(), headers);
            if (refusal.isEmpty()) {
                return next.startCall(call, headers);
            }
            call.close(refusal.get(), new Metadata());
            return new ServerCall.Listener<>() {};
        }

        private Optional<Status> refusal(MethodDescriptor<?, ?> method, Metadata headers) {
            if (!handler.isDone()) {
                return Optional.of(Status.UNAVAILABLE.withDescription("this member is starting"));
            }
            // Who wants to join a cluster asks for its id.
            if (method != PeerMethods.MEMBERS && !cluster.equals(headers.get(PeerMethods.CLUSTER))) {
                return Optional.of(Status.FAILED_PRECONDITION.withDescription("the caller belongs to another cluster"));
            }
            var meant = headers.get(PeerMethods.FOR);
            return meant == null || meant.equals(self)
                    ? Optional.empty()
                    : Optional.of(Status.FAILED_PRECONDITION.withDescription(
                            "the call is for member " + meant + ", this is " + self));
        }
    }
}
