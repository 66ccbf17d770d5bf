package io.metastore.server.grpc.auth;

import authpb.Permission;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import etcdserverpb.AuthGrpc;
import etcdserverpb.AuthRoleAddRequest;
import etcdserverpb.AuthRoleAddResponse;
import etcdserverpb.AuthRoleDeleteRequest;
import etcdserverpb.AuthRoleDeleteResponse;
import etcdserverpb.AuthRoleGetRequest;
import etcdserverpb.AuthRoleGetResponse;
import etcdserverpb.AuthRoleGrantPermissionRequest;
import etcdserverpb.AuthRoleGrantPermissionResponse;
import etcdserverpb.AuthRoleListRequest;
import etcdserverpb.AuthRoleListResponse;
import etcdserverpb.AuthRoleRevokePermissionRequest;
import etcdserverpb.AuthRoleRevokePermissionResponse;
import io.grpc.ServerServiceDefinition;
import io.metastore.server.grpc.Admission;
import io.metastore.server.grpc.EtcdError;
import io.metastore.server.grpc.Headers;
import io.metastore.server.grpc.Reply;
import io.metastore.server.grpc.UnaryMethod;
import io.metastore.server.model.Bytes;
import io.metastore.server.node.Node;
import io.metastore.server.node.Right;
import io.metastore.server.node.Users;
import io.metastore.server.request.AuthCommand;
import io.metastore.server.request.Outcome;

/// The methods about roles.
final class RoleMethods {
    private final Node node;
    private final Users users;
    private final Headers headers;

    RoleMethods(Node node, Headers headers) {
        this.node = node;
        this.users = node.users();
        this.headers = headers;
    }

    void addTo(ServerServiceDefinition.Builder service, Admission admission) {
        service.addMethod(AuthGrpc.getRoleAddMethod(), new UnaryMethod<>(admission, this::add))
                .addMethod(AuthGrpc.getRoleGetMethod(), new UnaryMethod<>(admission, this::get))
                .addMethod(AuthGrpc.getRoleListMethod(), new UnaryMethod<>(admission, this::list))
                .addMethod(AuthGrpc.getRoleDeleteMethod(), new UnaryMethod<>(admission, this::delete))
                .addMethod(AuthGrpc.getRoleGrantPermissionMethod(), new UnaryMethod<>(admission, this::grant))
                .addMethod(AuthGrpc.getRoleRevokePermissionMethod(), new UnaryMethod<>(admission, this::revoke));
    }

    private void grant(AuthRoleGrantPermissionRequest request, Reply<AuthRoleGrantPermissionResponse> reply) {
        if (!request.hasPerm()) {
            var refusal = node.refuses(reply.credentials(), Right.ADMINISTRATOR);
            reply.refuse(refusal.map(EtcdError::of).orElse(EtcdError.PERMISSION_NOT_GIVEN));
            return;
        }
        var permission = request.getPerm();
        users.change(
                reply.credentials(),
                new AuthCommand.GrantPermission(
                        request.getName(),
                        new io.metastore.server.model.Permission(
                                permission.getPermTypeValue(),
                                bytes(permission.getKey()),
                                bytes(permission.getRangeEnd()))),
                reply.onLoop(
                        Outcome.Accepted.class,
                        done -> AuthRoleGrantPermissionResponse.newBuilder()
                                .setHeader(headers.at(done.revision()))
                                .build()));
    }

    private void get(AuthRoleGetRequest request, Reply<AuthRoleGetResponse> reply) {
        users.permissionsOf(
                reply.credentials(),
                request.getRole(),
                reply.loop(),
                outcome -> reply.finish(outcome, Outcome.Permissions.class, this::answer));
    }

    private AuthRoleGetResponse answer(Outcome.Permissions found) {
        var response = AuthRoleGetResponse.newBuilder().setHeader(headers.at(found.revision()));
        for (var permission : found.permissions()) {
            response.addPerm(Permission.newBuilder()
                    .setPermTypeValue(permission.kind())
                    .setKey(bytes(permission.key()))
                    .setRangeEnd(bytes(permission.end())));
        }
        return response.build();
    }

    private void list(AuthRoleListRequest request, Reply<AuthRoleListResponse> reply) {
        users.roleNames(
                reply.credentials(),
                reply.loop(),
                outcome -> reply.finish(
                        outcome,
                        Outcome.Names.class,
                        names -> AuthRoleListResponse.newBuilder()
                                .setHeader(headers.at(names.revision()))
                                .addAllRoles(names.names())
                                .build()));
    }

    private void add(AuthRoleAddRequest request, Reply<AuthRoleAddResponse> reply) {
        users.change(
                reply.credentials(),
                new AuthCommand.AddRole(request.getName()),
                reply.onLoop(
                        Outcome.Accepted.class,
                        done -> AuthRoleAddResponse.newBuilder()
                                .setHeader(headers.at(done.revision()))
                                .build()));
    }

    private void delete(AuthRoleDeleteRequest request, Reply<AuthRoleDeleteResponse> reply) {
        users.change(
                reply.credentials(),
                new AuthCommand.DeleteRole(request.getRole()),
                reply.onLoop(
                        Outcome.Accepted.class,
                        done -> AuthRoleDeleteResponse.newBuilder()
                                .setHeader(headers.at(done.revision()))
                                .build()));
    }

    private void revoke(AuthRoleRevokePermissionRequest request, Reply<AuthRoleRevokePermissionResponse> reply) {
        users.change(
                reply.credentials(),
                new AuthCommand.RevokePermission(
                        request.getRole(), bytes(request.getKey()), bytes(request.getRangeEnd())),
                reply.onLoop(
                        Outcome.Accepted.class,
                        done -> AuthRoleRevokePermissionResponse.newBuilder()
                                .setHeader(headers.at(done.revision()))
                                .build()));
    }

    private static Bytes bytes(ByteString bytes) {
        return Bytes.wrap(bytes.toByteArray());
    }

    private static ByteString bytes(Bytes bytes) {
        return UnsafeByteOperations.unsafeWrap(bytes.shared());
    }
}
