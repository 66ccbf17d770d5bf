package io.metastore.server.raft.codec;

import com.google.protobuf.ByteString;
import io.metastore.proto.command.v1.Caller;
import io.metastore.proto.command.v1.Command;
import io.metastore.proto.command.v1.IssueToken;
import io.metastore.proto.command.v1.Membership;
import io.metastore.proto.command.v1.Name;
import io.metastore.proto.command.v1.Nothing;
import io.metastore.proto.command.v1.Permission;
import io.metastore.proto.command.v1.Tokens;
import io.metastore.proto.command.v1.User;
import io.metastore.server.model.Bytes;
import io.metastore.server.request.AuthCommand;
import java.util.List;

/// From changes of users, roles and tokens to their messages.
final class AuthCommandEncoder {
    private AuthCommandEncoder() {}

    static Command encode(AuthCommand command) {
        var message = Command.newBuilder();
        return switch (command) {
            case AuthCommand.Enable _ ->
                message.setEnableAuth(Nothing.getDefaultInstance()).build();
            case AuthCommand.Disable _ ->
                message.setDisableAuth(Nothing.getDefaultInstance()).build();
            case AuthCommand.AddUser(var name, var hash, var noPassword) ->
                message.setAddUser(user(name, hash).setNoPassword(noPassword)).build();
            case AuthCommand.DeleteUser(var name) ->
                message.setDeleteUser(name(name)).build();
            case AuthCommand.ChangePassword(var name, var hash) ->
                message.setChangePassword(user(name, hash)).build();
            case AuthCommand.GrantRole(var user, var role) ->
                message.setGrantRole(membership(user, role)).build();
            case AuthCommand.RevokeRole(var user, var role) ->
                message.setRevokeRole(membership(user, role)).build();
            case AuthCommand.AddRole(var name) -> message.setAddRole(name(name)).build();
            case AuthCommand.DeleteRole(var name) ->
                message.setDeleteRole(name(name)).build();
            case AuthCommand.GrantPermission(var role, var permission) ->
                message.setGrantPermission(
                                range(role, permission.key(), permission.end()).setKind(permission.kind()))
                        .build();
            case AuthCommand.RevokePermission(var role, var key, var end) ->
                message.setRevokePermission(range(role, key, end)).build();
            case AuthCommand.IssueToken(var user, var digest, var checkedRevision) ->
                message.setIssueToken(IssueToken.newBuilder()
                                .setUser(user)
                                .setDigest(bytes(digest))
                                .setCheckedRevision(checkedRevision))
                        .build();
            case AuthCommand.KeepTokens(var digests) ->
                message.setKeepTokens(tokens(digests)).build();
            case AuthCommand.DropTokens(var digests) ->
                message.setDropTokens(tokens(digests)).build();
        };
    }

    static Caller caller(io.metastore.server.request.Caller caller) {
        return Caller.newBuilder()
                .setUser(caller.user())
                .setAuthRevision(caller.authRevision())
                .build();
    }

    private static User.Builder user(String name, Bytes hash) {
        return User.newBuilder().setName(name).setPasswordHash(bytes(hash));
    }

    private static Name name(String name) {
        return Name.newBuilder().setName(name).build();
    }

    private static Membership membership(String user, String role) {
        return Membership.newBuilder().setUser(user).setRole(role).build();
    }

    private static Permission.Builder range(String role, Bytes key, Bytes end) {
        return Permission.newBuilder().setRole(role).setKey(bytes(key)).setEnd(bytes(end));
    }

    private static Tokens tokens(List<Bytes> digests) {
        return Tokens.newBuilder()
                .addAllDigests(digests.stream().map(AuthCommandEncoder::bytes).toList())
                .build();
    }

    private static ByteString bytes(Bytes bytes) {
        return EntryCodec.wrap(bytes.shared());
    }
}
