package io.metastore.server.apply;

import io.metastore.server.auth.Access;
import io.metastore.server.request.AuthCommand;
import io.metastore.server.request.Caller;
import io.metastore.server.request.Command;
import io.metastore.server.request.DeleteRange;
import io.metastore.server.request.MemberCommand;
import io.metastore.server.request.Put;
import io.metastore.server.request.Reason;
import io.metastore.server.request.Txn;
import io.metastore.server.request.VersionCommand;
import java.util.Optional;

/// What the caller of a command may not do. It was looked at when the command was admitted too; users and roles
/// may have changed since, and here every member decides alike.
final class AuthRule {
    private AuthRule() {}

    static Optional<Reason> refusal(Writers writers, Command command) {
        if (!writers.auth().state().enabled()) {
            return Optional.empty();
        }
        return switch (command) {
            case Command.OnBehalf(var caller, var inner) -> refusal(writers, caller, inner);
            // Admitted while nobody was asked for his name, which cannot be found out any more.
            case Put _,
                    DeleteRange _,
                    Txn _,
                    AuthCommand.Management _,
                    MemberCommand _,
                    VersionCommand.EnableDowngrade _,
                    VersionCommand.CancelDowngrade _ -> refusal(writers, Caller.NOBODY, command);
            // Of members themselves: leases that end, compactions by the clock, alarms, tokens, where they began. Or a
            // lease of somebody
            // who was not asked: it takes nothing from anybody.
            case Command.GrantLease _,
                    Command.RevokeLease _,
                    Command.CheckpointLeases _,
                    Command.Compact _,
                    Command.SetAlarm _,
                    Command.PublishMember _,
                    Command.ConfirmOrigin _,
                    VersionCommand.SetRelease _ -> Optional.empty();
            case AuthCommand.IssueToken _, AuthCommand.KeepTokens _, AuthCommand.DropTokens _ -> Optional.empty();
        };
    }

    private static Optional<Reason> refusal(Writers writers, Caller caller, Command command) {
        return new Access(writers.auth().state(), caller, writers.leases()::keys).refusal(command);
    }
}
