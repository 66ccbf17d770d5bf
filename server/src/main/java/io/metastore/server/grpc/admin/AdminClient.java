package io.metastore.server.grpc.admin;

import com.google.protobuf.Message;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.metastore.proto.admin.v1.AddMemberRequest;
import io.metastore.proto.admin.v1.AdminGrpc;
import io.metastore.proto.admin.v1.AdminGrpc.AdminBlockingStub;
import io.metastore.proto.admin.v1.MembershipRequest;
import io.metastore.proto.admin.v1.MembershipResponse;
import io.metastore.proto.admin.v1.PrepareStopRequest;
import io.metastore.proto.admin.v1.PromoteMemberRequest;
import io.metastore.proto.admin.v1.RemoveMemberRequest;
import io.metastore.proto.admin.v1.ReplaceMemberRequest;
import io.metastore.proto.admin.v1.Role;
import io.metastore.proto.admin.v1.TransferLeadershipRequest;
import io.metastore.server.config.AdminConfig;
import io.metastore.server.config.AdminConfig.Action;
import io.metastore.server.config.AdminConfig.Successor;
import io.metastore.server.config.SourceConfig;
import io.metastore.server.grpc.ClientConnection;
import io.metastore.server.grpc.json.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;

/// Does what a person asked of a running cluster, and says what came of it.
public final class AdminClient {
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final AdminConfig config;

    public AdminClient(AdminConfig config) {
        this.config = config;
    }

    /// The text to be printed, without the last line break. The member that answers first who belongs to the cluster is
    /// the one
    /// that is asked for changes, once: a call that was lost on its way may have been carried out.
    ///
    /// @throws AdminClientException when nobody answers, or what was asked is refused
    public String run() throws IOException {
        var failures = new ArrayList<String>();
        for (var endpoint : config.endpoints()) {
            try (var connection = ClientConnection.to(endpoint)) {
                var login = connection.login();
                var stub = AdminGrpc.newBlockingStub(connection.channel()).withInterceptors(login);
                var members = stub.withDeadlineAfter(look().toMillis(), TimeUnit.MILLISECONDS)
                        .membership(MembershipRequest.getDefaultInstance());
                return carryOut(timed(stub), members);
            } catch (StatusRuntimeException e) {
                if (!isUnreachable(e.getStatus())) {
                    throw new AdminClientException(text(e.getStatus()), e);
                }
                failures.add(failure(endpoint, e));
            }
        }
        throw new AdminClientException("no member answers: " + String.join("; ", failures));
    }

    /// A member that hangs is not waited for as long as one that has something to do.
    private Duration look() {
        return config.timeout().compareTo(LOOK) < 0 ? config.timeout() : LOOK;
    }

    private AdminBlockingStub timed(AdminBlockingStub stub) {
        return stub.withDeadlineAfter(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Refusals of servers have texts of their own.
    private static boolean isUnreachable(Status status) {
        var text = String.valueOf(status.getDescription());
        return status.getCode() == Status.Code.DEADLINE_EXCEEDED
                || (status.getCode() == Status.Code.UNAVAILABLE
                        && !text.startsWith("etcdserver: ")
                        && !text.startsWith("metastore: "));
    }

    private static String failure(SourceConfig endpoint, StatusRuntimeException e) {
        var cause = e.getCause();
        return endpoint.endpoint() + " " + (cause == null ? text(e.getStatus()) : String.valueOf(cause.getMessage()));
    }

    private static String text(Status status) {
        var description = status.getDescription();
        return description == null ? status.getCode().name() : description;
    }

    private String carryOut(AdminBlockingStub stub, MembershipResponse now) {
        var who = new MemberNames(now);
        return switch (config.action()) {
            case Action.Members() -> print(now, new AdminText(now).members());
            case Action.Add(var urls, var role, var expected) -> {
                var answer = changed(() -> stub.addMember(AddMemberRequest.newBuilder()
                        .addAllPeerUrls(urls)
                        .setRole(role(role))
                        .setExpectedVersion(expected)
                        .build()));
                yield print(answer, AdminText.came("added", answer));
            }
            case Action.Remove(var member, var expected) -> {
                var answer = changed(() -> stub.removeMember(RemoveMemberRequest.newBuilder()
                        .setId(who.id(member))
                        .setExpectedVersion(expected)
                        .build()));
                yield print(answer, AdminText.changed("removed", answer));
            }
            case Action.Promote(var member, var expected) -> {
                var answer = changed(() -> stub.promoteMember(PromoteMemberRequest.newBuilder()
                        .setId(who.id(member))
                        .setExpectedVersion(expected)
                        .build()));
                yield print(answer, AdminText.changed("promoted", answer));
            }
            case Action.Replace(var member, var successor, var expected) ->
                replace(
                        stub,
                        ReplaceMemberRequest.newBuilder().setId(who.id(member)).setExpectedVersion(expected),
                        successor,
                        who);
            case Action.Transfer(var heir) -> {
                var request = TransferLeadershipRequest.newBuilder();
                heir.map(who::id).ifPresent(request::setTo);
                var answer = changed(() -> stub.transferLeadership(request.build()));
                yield print(answer, who.text(answer.getLeaderId()) + " leads in term " + answer.getTerm());
            }
            case Action.PrepareStop(var member, var force) -> {
                var request = PrepareStopRequest.newBuilder().setForce(force);
                member.map(who::id).ifPresent(request::setId);
                var answer = changed(() -> stub.prepareStop(request.build()));
                yield print(answer, AdminText.stop(who, answer));
            }
        };
    }

    private String replace(
            AdminBlockingStub stub, ReplaceMemberRequest.Builder request, Successor successor, MemberNames who) {
        return switch (successor) {
            case Successor.Newcomer(var urls) -> {
                var answer = changed(
                        () -> stub.replaceMember(request.addAllPeerUrls(urls).build()));
                yield print(answer, AdminText.came("put in its place", answer));
            }
            case Successor.Learner(var learner) -> {
                var answer = changed(() ->
                        stub.replaceMember(request.setLearnerId(who.id(learner)).build()));
                yield print(answer, AdminText.changed("put in its place", answer));
            }
        };
    }

    private static Role role(AdminConfig.Role role) {
        return switch (role) {
            case VOTER -> Role.ROLE_VOTER;
            case LEARNER -> Role.ROLE_LEARNER;
            case WITNESS -> Role.ROLE_WITNESS;
        };
    }

    @FunctionalInterface
    private interface Call<A> {
        A make();
    }

    /// What the member that was asked does not answer is not asked of another one.
    private static <A> A changed(Call<A> call) {
        try {
            return call.make();
        } catch (StatusRuntimeException e) {
            throw new AdminClientException(text(e.getStatus()), e);
        }
    }

    private String print(Message answer, String text) {
        return config.json() ? new String(JsonWriter.whole(answer), StandardCharsets.UTF_8) : text;
    }
}
