package io.metastore.server.auth;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.LeaseId;
import io.metastore.server.request.AuthCommand;
import io.metastore.server.request.Caller;
import io.metastore.server.request.Command;
import io.metastore.server.request.DeleteRange;
import io.metastore.server.request.MemberCommand;
import io.metastore.server.request.Operation;
import io.metastore.server.request.Put;
import io.metastore.server.request.Range;
import io.metastore.server.request.Reason;
import io.metastore.server.request.Txn;
import io.metastore.server.request.VersionCommand;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What one caller may do.
///
/// Source of the rules and of their order: the auth applier of etcd 3.7.
///
/// @param leaseKeys the keys that are attached to a lease; none of a lease that there is not
public record Access(AuthState state, Caller caller, Function<LeaseId, ? extends Collection<Bytes>> leaseKeys) {
    /// Why the command must not be carried out on behalf of the caller.
    public Optional<Reason> refusal(Command command) {
        return switch (command) {
            case Put put -> refusal(put);
            case DeleteRange delete -> refusal(delete);
            case Txn txn -> refusal(txn);
            case Command.GrantLease _ -> state.refusesStranger(caller);
            case Command.RevokeLease(var lease) -> state.refusesStranger(caller).or(() -> refusesChanging(lease));
            case Command.Compact _, Command.SetAlarm _, AuthCommand.Management _, MemberCommand _, VersionCommand _ ->
                state.refusesAdmin(caller);
            case AuthCommand.IssueToken _, AuthCommand.KeepTokens _, AuthCommand.DropTokens _ -> Optional.empty();
            case Command.CheckpointLeases _, Command.PublishMember _, Command.ConfirmOrigin _ -> Optional.empty();
            case Command.OnBehalf(var other, var inner) -> new Access(state, other, leaseKeys).refusal(inner);
        };
    }

    /// Why the operation must not be carried out.
    public Optional<Reason> refusal(Operation operation) {
        return switch (operation) {
            case Range range -> state.refusesRead(caller, range.keys());
            case Put put -> refusal(put);
            case DeleteRange delete -> refusal(delete);
            case Txn txn -> refusal(txn);
        };
    }

    /// Why the lease must not be renewed, revoked or given more keys: whoever may, decides about all of its
    /// keys.
    public Optional<Reason> refusesChanging(LeaseId lease) {
        if (lease.isNone() || state.refusesAdmin(caller).isEmpty()) {
            return Optional.empty();
        }
        return first(leaseKeys.apply(lease), key -> state.refusesWrite(caller, KeyRange.single(key)));
    }

    /// Why the keys of the lease must not be told.
    public Optional<Reason> refusesReading(LeaseId lease) {
        if (state.refusesAdmin(caller).isEmpty()) {
            return Optional.empty();
        }
        return first(leaseKeys.apply(lease), key -> state.refusesRead(caller, KeyRange.single(key)));
    }

    private Optional<Reason> refusal(Put put) {
        var key = KeyRange.single(put.key());
        var refusal = state.refusesWrite(caller, key).or(() -> refusesChanging(put.lease()));
        return refusal.isPresent() || !put.previous() ? refusal : state.refusesRead(caller, key);
    }

    private Optional<Reason> refusal(DeleteRange delete) {
        var refusal = state.refusesWrite(caller, delete.keys());
        return refusal.isPresent() || !delete.previous() ? refusal : state.refusesRead(caller, delete.keys());
    }

    /// Both branches count, whichever is chosen: else the answer would tell how the comparisons came out.
    private Optional<Reason> refusal(Txn txn) {
        return first(txn.compares(), compare -> state.refusesRead(caller, compare.keys()))
                .or(() -> first(txn.success(), this::refusal))
                .or(() -> first(txn.failure(), this::refusal));
    }

    private static <T> Optional<Reason> first(Collection<? extends T> all, Function<T, Optional<Reason>> rule) {
        for (T one : all) {
            var refusal = rule.apply(one);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    /// For who looks at keys alone: no lease has any.
    public static List<Bytes> noKeys(LeaseId lease) {
        return List.of();
    }
}
