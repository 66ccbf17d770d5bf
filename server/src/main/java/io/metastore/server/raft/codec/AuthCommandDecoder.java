package io.metastore.server.raft.codec;

import com.google.protobuf.ByteString;
import io.metastore.proto.command.v1.IssueToken;
import io.metastore.proto.command.v1.Tokens;
import io.metastore.proto.command.v1.User;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.Permission;
import io.metastore.server.request.AuthCommand;
import io.metastore.server.request.Caller;
import java.util.List;

/// From messages to changes of users, roles and tokens.
final class AuthCommandDecoder {
    private AuthCommandDecoder() {}

    static Caller caller(io.metastore.proto.command.v1.Caller message) {
        return new Caller(message.getUser(), message.getAuthRevision());
    }

    static AuthCommand addUser(User message) {
        return new AuthCommand.AddUser(message.getName(), bytes(message.getPasswordHash()), message.getNoPassword());
    }

    static AuthCommand changePassword(User message) {
        return new AuthCommand.ChangePassword(message.getName(), bytes(message.getPasswordHash()));
    }

    static AuthCommand grantPermission(io.metastore.proto.command.v1.Permission message) {
        return new AuthCommand.GrantPermission(
                message.getRole(), new Permission(message.getKind(), bytes(message.getKey()), bytes(message.getEnd())));
    }

    static AuthCommand revokePermission(io.metastore.proto.command.v1.Permission message) {
        return new AuthCommand.RevokePermission(message.getRole(), bytes(message.getKey()), bytes(message.getEnd()));
    }

    static AuthCommand issueToken(IssueToken message) {
        return new AuthCommand.IssueToken(message.getUser(), bytes(message.getDigest()), message.getCheckedRevision());
    }

    static List<Bytes> digests(Tokens message) {
        return message.getDigestsList().stream().map(AuthCommandDecoder::bytes).toList();
    }

    private static Bytes bytes(ByteString bytes) {
        return Bytes.wrap(bytes.toByteArray());
    }
}
