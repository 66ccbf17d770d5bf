package io.metastore.server.apply;

import io.metastore.server.request.AuthCommand;
import io.metastore.server.request.Command;
import io.metastore.server.request.DeleteRange;
import io.metastore.server.request.MemberCommand;
import io.metastore.server.request.Put;
import io.metastore.server.request.Txn;
import io.metastore.server.request.VersionCommand;
import io.metastore.server.storage.Column;
import java.util.EnumSet;
import java.util.Set;

/// What of the replicated state a member keeps.
public enum Scope {
    /// All of it.
    EVERYTHING {
        @Override
        boolean holds(Command command) {
            return true;
        }
    },
    /// All but keys, their history and leases: what decides who belongs to the cluster, and who may change
    /// that. Rights and alarms are part of it, since changes of the members are refused by them, and must be
    /// on every member alike.
    MEMBERSHIP {
        @Override
        boolean holds(Command command) {
            return switch (command) {
                case Put _,
                        DeleteRange _,
                        Txn _,
                        Command.Compact _,
                        Command.GrantLease _,
                        Command.RevokeLease _,
                        Command.CheckpointLeases _ -> false;
                case Command.OnBehalf(var _, var inner) -> holds(inner);
                case AuthCommand _,
                        MemberCommand _,
                        VersionCommand _,
                        Command.SetAlarm _,
                        Command.PublishMember _,
                        Command.ConfirmOrigin _ -> true;
            };
        }
    };

    /// Whether the command's effects are kept.
    abstract boolean holds(Command command);

    /// Where its rows are.
    Set<Column> columns() {
        return switch (this) {
            case EVERYTHING -> EnumSet.allOf(Column.class);
            case MEMBERSHIP -> EnumSet.of(Column.ALARMS, Column.MEMBERS, Column.AUTH, Column.META);
        };
    }
}
