package io.metastore.server.raft.codec;

import io.metastore.proto.command.v1.CheckpointLeases;
import io.metastore.proto.command.v1.SetAlarm;
import io.metastore.server.model.Alarm;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.LeaseId;
import io.metastore.server.model.MemberId;
import io.metastore.server.model.Release;
import io.metastore.server.request.AuthCommand;
import io.metastore.server.request.Command;
import io.metastore.server.request.VersionCommand;

/// From a message to its command.
final class CommandDecoder {
    private CommandDecoder() {}

    /// The command in a message of the log.
    ///
    /// @throws IllegalArgumentException when the message holds no kind of command that this release knows
    static Command decode(io.metastore.proto.command.v1.Command message) {
        var command = kind(message);
        return message.hasCaller()
                ? new Command.OnBehalf(AuthCommandDecoder.caller(message.getCaller()), command)
                : command;
    }

    private static Command kind(io.metastore.proto.command.v1.Command message) {
        return switch (message.getKindCase()) {
            case PUT -> OperationDecoder.put(message.getPut());
            case DELETE_RANGE -> OperationDecoder.deleteRange(message.getDeleteRange());
            case TXN -> OperationDecoder.txn(message.getTxn());
            case COMPACT -> new Command.Compact(message.getCompact().getRevision());
            case GRANT_LEASE -> {
                var grant = message.getGrantLease();
                yield new Command.GrantLease(LeaseId.of(grant.getLease()), grant.getTtlSeconds());
            }
            case REVOKE_LEASE ->
                new Command.RevokeLease(LeaseId.of(message.getRevokeLease().getLease()));
            case CHECKPOINT_LEASES -> checkpoint(message.getCheckpointLeases());
            case SET_ALARM -> alarm(message.getSetAlarm());
            case PUBLISH_MEMBER -> {
                var publish = message.getPublishMember();
                yield new Command.PublishMember(
                        new MemberId(publish.getMember()),
                        publish.getName(),
                        publish.getClientUrlsList().stream().toList(),
                        publish.getWitness());
            }
            case ENABLE_AUTH -> new AuthCommand.Enable();
            case DISABLE_AUTH -> new AuthCommand.Disable();
            case ADD_USER -> AuthCommandDecoder.addUser(message.getAddUser());
            case DELETE_USER ->
                new AuthCommand.DeleteUser(message.getDeleteUser().getName());
            case CHANGE_PASSWORD -> AuthCommandDecoder.changePassword(message.getChangePassword());
            case GRANT_ROLE ->
                new AuthCommand.GrantRole(
                        message.getGrantRole().getUser(), message.getGrantRole().getRole());
            case REVOKE_ROLE ->
                new AuthCommand.RevokeRole(
                        message.getRevokeRole().getUser(),
                        message.getRevokeRole().getRole());
            case ADD_ROLE -> new AuthCommand.AddRole(message.getAddRole().getName());
            case DELETE_ROLE ->
                new AuthCommand.DeleteRole(message.getDeleteRole().getName());
            case GRANT_PERMISSION -> AuthCommandDecoder.grantPermission(message.getGrantPermission());
            case REVOKE_PERMISSION -> AuthCommandDecoder.revokePermission(message.getRevokePermission());
            case ISSUE_TOKEN -> AuthCommandDecoder.issueToken(message.getIssueToken());
            case KEEP_TOKENS -> new AuthCommand.KeepTokens(AuthCommandDecoder.digests(message.getKeepTokens()));
            case DROP_TOKENS -> new AuthCommand.DropTokens(AuthCommandDecoder.digests(message.getDropTokens()));
            case CONFIRM_ORIGIN ->
                new Command.ConfirmOrigin(
                        Bytes.wrap(message.getConfirmOrigin().getDigest().toByteArray()));
            case ADD_MEMBER -> MemberCommandCodec.add(message.getAddMember());
            case REMOVE_MEMBER -> MemberCommandCodec.remove(message.getRemoveMember());
            case UPDATE_MEMBER -> MemberCommandCodec.update(message.getUpdateMember());
            case PROMOTE_MEMBER -> MemberCommandCodec.promote(message.getPromoteMember());
            case REPLACE_MEMBER -> MemberCommandCodec.replace(message.getReplaceMember());
            case EXPECT_MEMBERS -> MemberCommandCodec.expecting(message.getExpectMembers());
            case ENABLE_DOWNGRADE -> new VersionCommand.EnableDowngrade(release(message.getEnableDowngrade()));
            case CANCEL_DOWNGRADE -> new VersionCommand.CancelDowngrade();
            case SET_RELEASE -> new VersionCommand.SetRelease(release(message.getSetRelease()));
            case KIND_NOT_SET -> throw new IllegalArgumentException("a command of an unknown kind");
        };
    }

    private static Release release(io.metastore.proto.command.v1.Release message) {
        return new Release(message.getMajor(), message.getMinor());
    }

    private static Command checkpoint(CheckpointLeases message) {
        return new Command.CheckpointLeases(message.getLeasesList().stream()
                .map(lease -> new Command.CheckpointLeases.Remaining(
                        LeaseId.of(lease.getLease()), lease.getRemainingSeconds()))
                .toList());
    }

    private static Command alarm(SetAlarm message) {
        var alarm = new Alarm(new MemberId(message.getMember()), Alarm.Kind.of(message.getAlarm()));
        return new Command.SetAlarm(alarm, message.getRaised());
    }
}
