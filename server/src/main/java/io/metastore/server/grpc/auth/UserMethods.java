package io.metastore.server.grpc.auth;

import etcdserverpb.AuthGrpc;
import etcdserverpb.AuthUserAddRequest;
import etcdserverpb.AuthUserAddResponse;
import etcdserverpb.AuthUserChangePasswordRequest;
import etcdserverpb.AuthUserChangePasswordResponse;
import etcdserverpb.AuthUserDeleteRequest;
import etcdserverpb.AuthUserDeleteResponse;
import etcdserverpb.AuthUserGetRequest;
import etcdserverpb.AuthUserGetResponse;
import etcdserverpb.AuthUserGrantRoleRequest;
import etcdserverpb.AuthUserGrantRoleResponse;
import etcdserverpb.AuthUserListRequest;
import etcdserverpb.AuthUserListResponse;
import etcdserverpb.AuthUserRevokeRoleRequest;
import etcdserverpb.AuthUserRevokeRoleResponse;
import io.grpc.ServerServiceDefinition;
import io.metastore.server.grpc.Admission;
import io.metastore.server.grpc.EtcdError;
import io.metastore.server.grpc.Headers;
import io.metastore.server.grpc.Reply;
import io.metastore.server.grpc.UnaryMethod;
import io.metastore.server.model.Bytes;
import io.metastore.server.node.Users;
import io.metastore.server.request.AuthCommand;
import io.metastore.server.request.Outcome;
import java.util.Base64;
import java.util.Optional;

/// The methods about users.
final class UserMethods {
    private static final int BASE64_GROUP = 4;

    private final Users users;
    private final Headers headers;

    UserMethods(Users users, Headers headers) {
        this.users = users;
        this.headers = headers;
    }

    void addTo(ServerServiceDefinition.Builder service, Admission admission) {
        service.addMethod(AuthGrpc.getUserAddMethod(), new UnaryMethod<>(admission, this::add))
                .addMethod(AuthGrpc.getUserGetMethod(), new UnaryMethod<>(admission, this::get))
                .addMethod(AuthGrpc.getUserListMethod(), new UnaryMethod<>(admission, this::list))
                .addMethod(AuthGrpc.getUserDeleteMethod(), new UnaryMethod<>(admission, this::delete))
                .addMethod(AuthGrpc.getUserChangePasswordMethod(), new UnaryMethod<>(admission, this::changePassword))
                .addMethod(AuthGrpc.getUserGrantRoleMethod(), new UnaryMethod<>(admission, this::grantRole))
                .addMethod(AuthGrpc.getUserRevokeRoleMethod(), new UnaryMethod<>(admission, this::revokeRole));
    }

    /// A hash that the client made itself counts for nothing here, as in etcd.
    private void add(AuthUserAddRequest request, Reply<AuthUserAddResponse> reply) {
        var done = reply.onLoop(
                Outcome.Accepted.class,
                accepted -> AuthUserAddResponse.newBuilder()
                        .setHeader(headers.at(accepted.revision()))
                        .build());
        if (request.getOptions().getNoPassword()) {
            users.change(reply.credentials(), new AuthCommand.AddUser(request.getName(), Bytes.EMPTY, true), done);
        } else {
            users.addUser(reply.credentials(), request.getName(), request.getPassword(), done);
        }
    }

    /// Without a password the hash of the client counts; with neither, no password is right any more.
    private void changePassword(AuthUserChangePasswordRequest request, Reply<AuthUserChangePasswordResponse> reply) {
        var done = reply.onLoop(
                Outcome.Accepted.class,
                accepted -> AuthUserChangePasswordResponse.newBuilder()
                        .setHeader(headers.at(accepted.revision()))
                        .build());
        if (!request.getPassword().isEmpty()) {
            users.changePassword(reply.credentials(), request.getName(), request.getPassword(), done);
            return;
        }
        var hash = decoded(request.getHashedPassword());
        hash.ifPresentOrElse(
                bytes -> users.change(
                        reply.credentials(), new AuthCommand.ChangePassword(request.getName(), bytes), done),
                () -> reply.refuse(EtcdError.NO_PASSWORD_USER));
    }

    private static Optional<Bytes> decoded(String base64) {
        try {
            return base64.length() % BASE64_GROUP == 0
                    ? Optional.of(Bytes.wrap(Base64.getDecoder().decode(base64)))
                    : Optional.empty();
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    private void get(AuthUserGetRequest request, Reply<AuthUserGetResponse> reply) {
        users.rolesOf(
                reply.credentials(),
                request.getName(),
                reply.loop(),
                outcome -> reply.finish(
                        outcome,
                        Outcome.Names.class,
                        roles -> AuthUserGetResponse.newBuilder()
                                .setHeader(headers.at(roles.revision()))
                                .addAllRoles(roles.names())
                                .build()));
    }

    private void list(AuthUserListRequest request, Reply<AuthUserListResponse> reply) {
        users.userNames(
                reply.credentials(),
                reply.loop(),
                outcome -> reply.finish(
                        outcome,
                        Outcome.Names.class,
                        names -> AuthUserListResponse.newBuilder()
                                .setHeader(headers.at(names.revision()))
                                .addAllUsers(names.names())
                                .build()));
    }

    private void delete(AuthUserDeleteRequest request, Reply<AuthUserDeleteResponse> reply) {
        users.change(
                reply.credentials(),
                new AuthCommand.DeleteUser(request.getName()),
                reply.onLoop(
                        Outcome.Accepted.class,
                        done -> AuthUserDeleteResponse.newBuilder()
                                .setHeader(headers.at(done.revision()))
                                .build()));
    }

    private void grantRole(AuthUserGrantRoleRequest request, Reply<AuthUserGrantRoleResponse> reply) {
        users.change(
                reply.credentials(),
                new AuthCommand.GrantRole(request.getUser(), request.getRole()),
                reply.onLoop(
                        Outcome.Accepted.class,
                        done -> AuthUserGrantRoleResponse.newBuilder()
                                .setHeader(headers.at(done.revision()))
                                .build()));
    }

    private void revokeRole(AuthUserRevokeRoleRequest request, Reply<AuthUserRevokeRoleResponse> reply) {
        users.change(
                reply.credentials(),
                new AuthCommand.RevokeRole(request.getName(), request.getRole()),
                reply.onLoop(
                        Outcome.Accepted.class,
                        done -> AuthUserRevokeRoleResponse.newBuilder()
                                .setHeader(headers.at(done.revision()))
                                .build()));
    }
}
