package io.metastore.server.node;

import io.metastore.server.model.Alarm;
import io.metastore.server.request.Command;
import io.metastore.server.request.DeleteRange;
import io.metastore.server.request.Operation;
import io.metastore.server.request.Put;
import io.metastore.server.request.Range;
import io.metastore.server.request.Reason;
import io.metastore.server.request.Txn;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Decides whether a change is let in: quota, alarms, and how far this member is behind.
final class Admission {
    /// What an empty store counts as, and the part of it that is in use: the figures of a fresh etcd.
    static final long EMPTY_BYTES = 20_480;

    static final long EMPTY_BYTES_IN_USE = 16_384;
    private static final long MAX_BEHIND = 5000;

    private final NodeParts parts;
    private final NodeLimits limits;

    Admission(NodeParts parts, NodeLimits limits) {
        this.parts = parts;
        this.limits = limits;
    }

    /// The size that counts against the quota.
    long size() {
        return EMPTY_BYTES + parts.state().store().logicalBytes();
    }

    /// Whether there is no room for about `charge` more bytes.
    boolean exceedsQuota(long charge) {
        var requests = limits.requests();
        return requests.hasQuota() && size() + charge >= requests.quotaBytes();
    }

    Optional<Reason> refuses(Command command) {
        var state = parts.consensus().state();
        if (state.commitIndex() - state.appliedIndex() > MAX_BEHIND) {
            return Optional.of(Reason.TOO_MANY_REQUESTS);
        }
        var alarms = parts.state().alarms().raised();
        if (alarms.isEmpty()) {
            return Optional.empty();
        }
        if (isRaised(alarms, Alarm.Kind.CORRUPT) && changesData(command)) {
            return Optional.of(Reason.CORRUPT);
        }
        return isRaised(alarms, Alarm.Kind.NO_SPACE) && grows(command)
                ? Optional.of(Reason.NO_SPACE)
                : Optional.empty();
    }

    private static boolean isRaised(List<Alarm> alarms, Alarm.Kind kind) {
        return alarms.stream().anyMatch(alarm -> alarm.kind() == kind);
    }

    private static boolean changesData(Command command) {
        return switch (command) {
            case Command.SetAlarm _, Command.PublishMember _, Command.CheckpointLeases _ -> false;
            case Put _, DeleteRange _, Txn _, Command.Compact _, Command.GrantLease _, Command.RevokeLease _ -> true;
        };
    }

    private static boolean grows(Command command) {
        return switch (command) {
            case Put _, Command.GrantLease _ -> true;
            case Txn txn -> puts(txn);
            case DeleteRange _,
                    Command.Compact _,
                    Command.RevokeLease _,
                    Command.CheckpointLeases _,
                    Command.SetAlarm _,
                    Command.PublishMember _ -> false;
        };
    }

    private static boolean puts(Operation operation) {
        return switch (operation) {
            case Put _ -> true;
            case Txn txn ->
                Stream.concat(txn.success().stream(), txn.failure().stream()).anyMatch(Admission::puts);
            case Range _, DeleteRange _ -> false;
        };
    }
}
