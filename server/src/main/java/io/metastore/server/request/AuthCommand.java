package io.metastore.server.request;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.Permission;
import java.util.List;

/// A change of users, roles and tokens. No password is in any of them, and no token: only what both are checked
/// with.
public sealed interface AuthCommand extends Command {
    /// Done on behalf of an administrator.
    sealed interface Management extends AuthCommand {}

    record Enable() implements Management {}

    /// Ends every token too.
    record Disable() implements Management {}

    /// Adds a user without roles.
    ///
    /// @param passwordHash as bcrypt writes it; empty for a user who has no password
    record AddUser(String user, Bytes passwordHash, boolean noPassword) implements Management {}

    record DeleteUser(String user) implements Management {}

    /// Ends the user's tokens too.
    record ChangePassword(String user, Bytes passwordHash) implements Management {}

    record GrantRole(String user, String role) implements Management {}

    record RevokeRole(String user, String role) implements Management {}

    record AddRole(String role) implements Management {}

    record DeleteRole(String role) implements Management {}

    record GrantPermission(String role, Permission permission) implements Management {}

    /// Takes back what was granted on one range.
    ///
    /// @param end as `key`, byte for byte the one that was granted
    record RevokePermission(String role, Bytes key, Bytes end) implements Management {}

    /// Makes a token valid for the user, whose password was checked at `checkedRevision`.
    ///
    /// @param digest SHA-256 of the token's secret part
    record IssueToken(String user, Bytes digest, long checkedRevision) implements AuthCommand {}

    /// These tokens were used of late: every member counts their time anew.
    record KeepTokens(List<Bytes> digests) implements AuthCommand {
        public KeepTokens {
            digests = List.copyOf(digests);
        }
    }

    /// The time of these tokens is over.
    record DropTokens(List<Bytes> digests) implements AuthCommand {
        public DropTokens {
            digests = List.copyOf(digests);
        }
    }
}
