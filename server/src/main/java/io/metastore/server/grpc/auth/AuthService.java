package io.metastore.server.grpc.auth;

import etcdserverpb.AuthDisableRequest;
import etcdserverpb.AuthDisableResponse;
import etcdserverpb.AuthEnableRequest;
import etcdserverpb.AuthEnableResponse;
import etcdserverpb.AuthGrpc;
import etcdserverpb.AuthStatusRequest;
import etcdserverpb.AuthStatusResponse;
import etcdserverpb.AuthenticateRequest;
import etcdserverpb.AuthenticateResponse;
import io.grpc.ServerServiceDefinition;
import io.metastore.server.grpc.Admission;
import io.metastore.server.grpc.Headers;
import io.metastore.server.grpc.Reply;
import io.metastore.server.grpc.UnaryMethod;
import io.metastore.server.node.Node;
import io.metastore.server.node.Users;
import io.metastore.server.request.AuthCommand;
import io.metastore.server.request.Outcome;

/// etcd's Auth service. Who may call what is decided behind the door; only a permission that is missing is
/// found out here.
public final class AuthService {
    private final Users users;
    private final Headers headers;
    private final UserMethods userMethods;
    private final RoleMethods roleMethods;

    public AuthService(Node node) {
        this.users = node.users();
        this.headers = Headers.of(node);
        this.userMethods = new UserMethods(users, headers);
        this.roleMethods = new RoleMethods(node, headers);
    }

    public ServerServiceDefinition definition(Admission admission) {
        var builder = ServerServiceDefinition.builder(AuthGrpc.SERVICE_NAME)
                .addMethod(AuthGrpc.getAuthEnableMethod(), new UnaryMethod<>(admission, this::enable))
                .addMethod(AuthGrpc.getAuthDisableMethod(), new UnaryMethod<>(admission, this::disable))
                .addMethod(AuthGrpc.getAuthStatusMethod(), new UnaryMethod<>(admission, this::status))
                .addMethod(AuthGrpc.getAuthenticateMethod(), new UnaryMethod<>(admission, this::authenticate));
        userMethods.addTo(builder, admission);
        roleMethods.addTo(builder, admission);
        return builder.build();
    }

    private void enable(AuthEnableRequest request, Reply<AuthEnableResponse> reply) {
        users.change(
                reply.credentials(),
                new AuthCommand.Enable(),
                reply.onLoop(
                        Outcome.Accepted.class,
                        done -> AuthEnableResponse.newBuilder()
                                .setHeader(headers.at(done.revision()))
                                .build()));
    }

    private void disable(AuthDisableRequest request, Reply<AuthDisableResponse> reply) {
        users.change(
                reply.credentials(),
                new AuthCommand.Disable(),
                reply.onLoop(
                        Outcome.Accepted.class,
                        done -> AuthDisableResponse.newBuilder()
                                .setHeader(headers.at(done.revision()))
                                .build()));
    }

    private void status(AuthStatusRequest request, Reply<AuthStatusResponse> reply) {
        users.status(
                reply.credentials(),
                reply.loop(),
                outcome -> reply.finish(
                        outcome,
                        Outcome.AuthStatus.class,
                        status -> AuthStatusResponse.newBuilder()
                                .setHeader(headers.at(status.revision()))
                                .setEnabled(status.enabled())
                                .setAuthRevision(status.authRevision())
                                .build()));
    }

    private void authenticate(AuthenticateRequest request, Reply<AuthenticateResponse> reply) {
        users.authenticate(
                request.getName(),
                request.getPassword(),
                reply.onLoop(
                        Outcome.Authenticated.class,
                        done -> AuthenticateResponse.newBuilder()
                                .setHeader(headers.at(done.revision()))
                                .setToken(done.token())
                                .build()));
    }
}
