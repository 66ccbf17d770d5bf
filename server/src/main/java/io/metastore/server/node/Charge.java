package io.metastore.server.node;

import io.metastore.server.request.AuthCommand;
import io.metastore.server.request.Command;
import io.metastore.server.request.DeleteRange;
import io.metastore.server.request.MemberCommand;
import io.metastore.server.request.Operation;
import io.metastore.server.request.Put;
import io.metastore.server.request.Range;
import io.metastore.server.request.Txn;
import io.metastore.server.request.VersionCommand;
import java.util.List;

/// About how many bytes a change adds, as etcd reckons it.
final class Charge {
    private static final long KEY_VALUE_OVERHEAD_BYTES = 256;

    private Charge() {}

    static long of(Command command) {
        return switch (command) {
            case Put put -> ofOperation(put);
            case Txn txn -> ofOperation(txn);
            case DeleteRange _, AuthCommand _, MemberCommand _, VersionCommand _ -> 0;
            case Command.GrantLease _,
                    Command.RevokeLease _,
                    Command.CheckpointLeases _,
                    Command.Compact _,
                    Command.SetAlarm _,
                    Command.PublishMember _,
                    Command.ConfirmOrigin _,
                    Command.OnBehalf _ -> 0;
        };
    }

    private static long ofOperation(Operation operation) {
        return switch (operation) {
            case Put put ->
                KEY_VALUE_OVERHEAD_BYTES + put.key().length() + put.value().length();
            case Txn txn -> Math.max(ofAll(txn.success()), ofAll(txn.failure()));
            case DeleteRange _, Range _ -> 0;
        };
    }

    private static long ofAll(List<Operation> operations) {
        return operations.stream().mapToLong(Charge::ofOperation).sum();
    }
}
