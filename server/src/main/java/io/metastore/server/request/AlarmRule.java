package io.metastore.server.request;

import io.metastore.server.model.Alarm;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a raised alarm forbids. It is asked at the door, and again when a change is applied, where every member decides
/// alike: one that was admitted before the alarm can come after it in the log.
///
/// Source: the appliers that etcd puts in front of its own while an alarm is raised.
public final class AlarmRule {
    private AlarmRule() {}

    /// Why `command` must not be carried out, if an alarm forbids it. Damaged data weighs more than a lack of space.
    public static Optional<Reason> refusal(List<Alarm> raised, Command command) {
        if (raised.isEmpty()) {
            return Optional.empty();
        }
        if (isRaised(raised, Alarm.Kind.CORRUPT) && touchesData(command)) {
            return Optional.of(Reason.CORRUPT);
        }
        return isRaised(raised, Alarm.Kind.NO_SPACE) && grows(command)
                ? Optional.of(Reason.NO_SPACE)
                : Optional.empty();
    }

    private static boolean isRaised(List<Alarm> raised, Alarm.Kind kind) {
        return raised.stream().anyMatch(alarm -> alarm.kind() == kind);
    }

    private static boolean touchesData(Command command) {
        return switch (command) {
            case Put _, DeleteRange _, Txn _ -> true;
            case Command.Compact _, Command.GrantLease _, Command.RevokeLease _ -> true;
            case Command.CheckpointLeases _, Command.SetAlarm _, Command.PublishMember _, Command.ConfirmOrigin _ ->
                false;
            case AuthCommand _, MemberCommand _, VersionCommand _ -> false;
            case Command.OnBehalf(var _, var inner) -> touchesData(inner);
        };
    }

    private static boolean grows(Command command) {
        return switch (command) {
            case Put _, Command.GrantLease _ -> true;
            case Txn txn -> holdsPut(txn);
            case DeleteRange _, Command.Compact _, Command.RevokeLease _ -> false;
            case Command.CheckpointLeases _, Command.SetAlarm _, Command.PublishMember _, Command.ConfirmOrigin _ ->
                false;
            case AuthCommand _, MemberCommand _, VersionCommand _ -> false;
            case Command.OnBehalf(var _, var inner) -> grows(inner);
        };
    }

    /// Whether there is a put in either branch, however deep: which one will run is not asked.
    private static boolean holdsPut(Operation operation) {
        return switch (operation) {
            case Put _ -> true;
            case Txn txn ->
                Stream.concat(txn.success().stream(), txn.failure().stream()).anyMatch(AlarmRule::holdsPut);
            case Range _, DeleteRange _ -> false;
        };
    }
}
