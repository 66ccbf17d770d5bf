package io.metastore.server.metrics.member;

import io.metastore.server.request.AuthCommand;
import io.metastore.server.request.Command;
import io.metastore.server.request.DeleteRange;
import io.metastore.server.request.MemberCommand;
import io.metastore.server.request.Put;
import io.metastore.server.request.Txn;
import io.metastore.server.request.VersionCommand;

/// Kinds of changes, by etcd's names for them; the last eight are ours.
enum ChangeKind {
    PUT("Put"),
    DELETE_RANGE("DeleteRange"),
    TXN("Txn"),
    COMPACTION("Compaction"),
    LEASE_GRANT("LeaseGrant"),
    LEASE_REVOKE("LeaseRevoke"),
    LEASE_CHECKPOINT("LeaseCheckpoint"),
    ALARM("Alarm"),
    MEMBER_ATTRIBUTES("ClusterMemberAttrSet"),
    CLUSTER_VERSION("ClusterVersionSet"),
    DOWNGRADE_INFO("DowngradeInfoSet"),
    AUTH_ENABLE("AuthEnable"),
    AUTH_DISABLE("AuthDisable"),
    AUTHENTICATE("Authenticate"),
    USER_ADD("AuthUserAdd"),
    USER_DELETE("AuthUserDelete"),
    USER_CHANGE_PASSWORD("AuthUserChangePassword"),
    USER_GRANT_ROLE("AuthUserGrantRole"),
    USER_REVOKE_ROLE("AuthUserRevokeRole"),
    ROLE_ADD("AuthRoleAdd"),
    ROLE_DELETE("AuthRoleDelete"),
    ROLE_GRANT_PERMISSION("AuthRoleGrantPermission"),
    ROLE_REVOKE_PERMISSION("AuthRoleRevokePermission"),
    MEMBER_ADD("MemberAdd"),
    MEMBER_REMOVE("MemberRemove"),
    MEMBER_UPDATE("MemberUpdate"),
    MEMBER_PROMOTE("MemberPromote"),
    MEMBER_REPLACE("MemberReplace"),
    CONFIRM_ORIGIN("ConfirmOrigin"),
    KEEP_TOKENS("KeepTokens"),
    DROP_TOKENS("DropTokens");

    private final String text;

    ChangeKind(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    static ChangeKind of(Command command) {
        return switch (command) {
            case Put _ -> PUT;
            case DeleteRange _ -> DELETE_RANGE;
            case Txn _ -> TXN;
            case Command.OnBehalf(var _, var inner) -> of(inner);
            case Command.Compact _ -> COMPACTION;
            case Command.GrantLease _ -> LEASE_GRANT;
            case Command.RevokeLease _ -> LEASE_REVOKE;
            case Command.CheckpointLeases _ -> LEASE_CHECKPOINT;
            case Command.SetAlarm _ -> ALARM;
            case Command.PublishMember _ -> MEMBER_ATTRIBUTES;
            case Command.ConfirmOrigin _ -> CONFIRM_ORIGIN;
            case AuthCommand auth -> of(auth);
            case MemberCommand.Add _ -> MEMBER_ADD;
            case MemberCommand.Remove _ -> MEMBER_REMOVE;
            case MemberCommand.Update _ -> MEMBER_UPDATE;
            case MemberCommand.Promote _ -> MEMBER_PROMOTE;
            case MemberCommand.Replace _ -> MEMBER_REPLACE;
            case MemberCommand.Expecting(var _, var change) -> of(change);
            case VersionCommand.EnableDowngrade _, VersionCommand.CancelDowngrade _ -> DOWNGRADE_INFO;
            case VersionCommand.SetRelease _ -> CLUSTER_VERSION;
        };
    }

    private static ChangeKind of(AuthCommand command) {
        return switch (command) {
            case AuthCommand.Enable _ -> AUTH_ENABLE;
            case AuthCommand.Disable _ -> AUTH_DISABLE;
            case AuthCommand.IssueToken _ -> AUTHENTICATE;
            case AuthCommand.AddUser _ -> USER_ADD;
            case AuthCommand.DeleteUser _ -> USER_DELETE;
            case AuthCommand.ChangePassword _ -> USER_CHANGE_PASSWORD;
            case AuthCommand.GrantRole _ -> USER_GRANT_ROLE;
            case AuthCommand.RevokeRole _ -> USER_REVOKE_ROLE;
            case AuthCommand.AddRole _ -> ROLE_ADD;
            case AuthCommand.DeleteRole _ -> ROLE_DELETE;
            case AuthCommand.GrantPermission _ -> ROLE_GRANT_PERMISSION;
            case AuthCommand.RevokePermission _ -> ROLE_REVOKE_PERMISSION;
            case AuthCommand.KeepTokens _ -> KEEP_TOKENS;
            case AuthCommand.DropTokens _ -> DROP_TOKENS;
        };
    }
}
