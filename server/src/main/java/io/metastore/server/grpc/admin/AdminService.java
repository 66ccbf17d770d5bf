package io.metastore.server.grpc.admin;

import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.metastore.proto.admin.v1.AddMemberRequest;
import io.metastore.proto.admin.v1.AdminGrpc;
import io.metastore.proto.admin.v1.ChangeResponse;
import io.metastore.proto.admin.v1.MembershipRequest;
import io.metastore.proto.admin.v1.MembershipResponse;
import io.metastore.proto.admin.v1.PrepareStopRequest;
import io.metastore.proto.admin.v1.PromoteMemberRequest;
import io.metastore.proto.admin.v1.RemoveMemberRequest;
import io.metastore.proto.admin.v1.ReplaceMemberRequest;
import io.metastore.proto.admin.v1.TransferLeadershipRequest;
import io.metastore.server.grpc.Admission;
import io.metastore.server.grpc.EtcdError;
import io.metastore.server.grpc.Reply;
import io.metastore.server.grpc.UnaryMethod;
import io.metastore.server.model.MemberId;
import io.metastore.server.model.MembersVersion;
import io.metastore.server.node.Administered;
import io.metastore.server.node.Administration;
import io.metastore.server.node.Administration.Change;
import io.metastore.server.node.Administration.Order;
import io.metastore.server.node.LeaderMoves;
import io.metastore.server.node.Node;
import io.metastore.server.node.Right;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/// `metastore.admin.v1.Admin`. Every call may wait for other members, so each has a thread; there is a limit to how
/// many do. A
/// learner serves it too.
public final class AdminService {
    /// An operator needs one at a time.
    private static final int MOST_WAITING = 64;

    private final Node node;
    private final Administration administration;
    private final Admission admission;
    private final Executor threads;
    private final Semaphore free = new Semaphore(MOST_WAITING);

    /// @param threads runs each task on a thread of its own, which may wait
    public AdminService(Node node, Admission admission, Executor threads) {
        this.node = node;
        this.administration = node.administration();
        this.admission = admission;
        this.threads = threads;
    }

    @FunctionalInterface
    private interface Work<Q, R> {
        Administered<R> done(Q request, Reply<?> reply);
    }

    public ServerServiceDefinition definition() {
        var service = ServerServiceDefinition.builder(AdminGrpc.SERVICE_NAME)
                .addMethod(
                        AdminGrpc.getMembershipMethod(),
                        new UnaryMethod<>(admission, this::membership, _ -> true).requiring(Right.USER));
        change(service, AdminGrpc.getAddMemberMethod(), AdminRequests::fault, this::add);
        change(service, AdminGrpc.getRemoveMemberMethod(), AdminRequests::fault, this::remove);
        change(service, AdminGrpc.getPromoteMemberMethod(), AdminRequests::fault, this::promote);
        change(service, AdminGrpc.getReplaceMemberMethod(), AdminRequests::fault, this::replace);
        add(service, AdminGrpc.getTransferLeadershipMethod(), this::transfer, AdminMessages::lead);
        add(service, AdminGrpc.getPrepareStopMethod(), this::prepareStop, AdminMessages::stop);
        return service.build();
    }

    private <Q> void change(
            ServerServiceDefinition.Builder service,
            MethodDescriptor<Q, ChangeResponse> method,
            Function<Q, Optional<String>> fault,
            Work<Q, Change> work) {
        UnaryMethod.Handler<Q, ChangeResponse> handler = (request, reply) -> fault.apply(request)
                .ifPresentOrElse(
                        text -> reply.fail(Status.INVALID_ARGUMENT.withDescription("metastore: " + text)),
                        () -> serve(work, request, reply, AdminMessages::change));
        service.addMethod(method, requiringRoot(handler));
    }

    private <Q, A, R> void add(
            ServerServiceDefinition.Builder service,
            MethodDescriptor<Q, A> method,
            Work<Q, R> work,
            Function<R, A> message) {
        service.addMethod(method, requiringRoot((request, reply) -> serve(work, request, reply, message)));
    }

    private <Q, A> UnaryMethod<Q, A> requiringRoot(UnaryMethod.Handler<Q, A> handler) {
        return new UnaryMethod<>(admission, handler, _ -> true).requiring(Right.ADMINISTRATOR);
    }

    private <Q, A, R> void serve(Work<Q, R> work, Q request, Reply<A> reply, Function<R, A> message) {
        aside(reply, () -> {
            switch (work.done(request, reply)) {
                case Administered.Done<R>(var result) -> reply.send(message.apply(result));
                case Administered.Refused<R>(var reason, var detail) ->
                    reply.fail(status(EtcdError.of(reason), detail));
            }
        });
    }

    private void aside(Reply<?> reply, Runnable task) {
        if (!free.tryAcquire()) {
            reply.fail(Status.RESOURCE_EXHAUSTED.withDescription("metastore: too many calls of administrators wait"));
            return;
        }
        threads.execute(() -> {
            try {
                reply.attempt(task);
            } finally {
                free.release();
            }
        });
    }

    private static Status status(EtcdError error, String detail) {
        return detail.isEmpty() ? error.status() : error.status().withDescription(error.text() + ": " + detail);
    }

    private void membership(MembershipRequest request, Reply<MembershipResponse> reply) {
        aside(reply, () -> reply.send(AdminMessages.membership(node.state(), administration.look())));
    }

    private Administered<Change> add(AddMemberRequest request, Reply<?> reply) {
        return administration.add(
                order(request.getExpectedVersion(), reply),
                request.getPeerUrlsList().stream().toList(),
                AdminRequests.role(request.getRole()));
    }

    private Administered<Change> remove(RemoveMemberRequest request, Reply<?> reply) {
        return administration.remove(order(request.getExpectedVersion(), reply), new MemberId(request.getId()));
    }

    private Administered<Change> promote(PromoteMemberRequest request, Reply<?> reply) {
        return administration.promote(order(request.getExpectedVersion(), reply), new MemberId(request.getId()));
    }

    private Administered<Change> replace(ReplaceMemberRequest request, Reply<?> reply) {
        var order = order(request.getExpectedVersion(), reply);
        var leaving = new MemberId(request.getId());
        return AdminRequests.named(request.getLearnerId())
                .map(learner -> administration.replace(order, leaving, learner))
                .orElseGet(() -> administration.replace(
                        order, leaving, request.getPeerUrlsList().stream().toList()));
    }

    private Administered<LeaderMoves.Lead> transfer(TransferLeadershipRequest request, Reply<?> reply) {
        return administration.moves().transfer(AdminRequests.named(request.getTo()));
    }

    private Administered<LeaderMoves.Stop> prepareStop(PrepareStopRequest request, Reply<?> reply) {
        return administration.moves().prepareStop(AdminRequests.named(request.getId()), request.getForce());
    }

    private static Order order(String expected, Reply<?> reply) {
        return new Order(reply.credentials(), MembersVersion.parse(expected));
    }
}
