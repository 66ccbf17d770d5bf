package io.metastore.server.apply;

import io.metastore.server.cluster.Origin;
import io.metastore.server.model.LeaseId;
import io.metastore.server.request.AlarmRule;
import io.metastore.server.request.AuthCommand;
import io.metastore.server.request.Command;
import io.metastore.server.request.Command.CheckpointLeases;
import io.metastore.server.request.Command.Compact;
import io.metastore.server.request.Command.ConfirmOrigin;
import io.metastore.server.request.Command.GrantLease;
import io.metastore.server.request.Command.OnBehalf;
import io.metastore.server.request.Command.PublishMember;
import io.metastore.server.request.Command.RevokeLease;
import io.metastore.server.request.Command.SetAlarm;
import io.metastore.server.request.DeleteRange;
import io.metastore.server.request.MemberCommand;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Put;
import io.metastore.server.request.Reason;
import io.metastore.server.request.Txn;
import io.metastore.server.request.VersionCommand;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Runs the commands of one entry. A command that is refused changes nothing.
final class Execution {
    private final Writers writers;
    private final long index;
    private final CommandListener listener;
    private final Scope scope;

    /// @param index the place in the log of the entry
    Execution(Writers writers, long index, CommandListener listener, Scope scope) {
        this.writers = writers;
        this.index = index;
        this.listener = listener;
        this.scope = scope;
    }

    List<Outcome> run(List<Command> commands) {
        var outcomes = new ArrayList<Outcome>(commands.size());
        listener.begun();
        for (var command : commands) {
            var outcome = run(command);
            listener.applied(command, outcome);
            outcomes.add(outcome);
        }
        return Collections.unmodifiableList(outcomes);
    }

    private Outcome run(Command command) {
        if (!scope.holds(command)) {
            return new Outcome.Accepted(0);
        }
        var alarm = AlarmRule.refusal(writers.alarms().raised(), command);
        if (alarm.isPresent()) {
            return new Outcome.Refused(alarm.get());
        }
        var right = AuthRule.refusal(writers, command);
        return right.isPresent() ? new Outcome.Refused(right.get()) : carryOut(command);
    }

    private Outcome carryOut(Command command) {
        return switch (command) {
            case Put put -> new KeyChange(writers).put(put);
            case DeleteRange delete -> new KeyChange(writers).delete(delete);
            case Txn txn -> new TxnExecution(writers).run(txn);
            case OnBehalf(var _, var inner) -> carryOut(inner);
            case AuthCommand auth -> change(auth);
            case MemberCommand change ->
                writers.members()
                        .change(change)
                        .<Outcome>map(Outcome.Refused::new)
                        .orElseGet(() -> new Outcome.Members(
                                revision(), writers.members().members().all()));
            case VersionCommand change -> outcome(writers.versions().change(change), new Outcome.Accepted(revision()));
            case Compact(var revision) -> writers.store().compact(revision);
            case GrantLease grant -> grant(grant);
            case RevokeLease(var lease) -> revoke(lease);
            case CheckpointLeases(var leases) -> checkpoint(leases);
            case SetAlarm(var alarm, var raised) -> {
                writers.alarms().set(alarm, raised);
                yield new Outcome.Alarms(revision(), writers.alarms().raised());
            }
            case PublishMember told -> {
                writers.members().publish(told);
                yield new Outcome.Accepted(revision());
            }
            case ConfirmOrigin(var digest) -> {
                Origin.confirm(writers.batch(), digest);
                yield new Outcome.Accepted(revision());
            }
        };
    }

    private Outcome grant(GrantLease grant) {
        if (grant.lease().isNone()) {
            return new Outcome.Refused(Reason.LEASE_NOT_FOUND);
        }
        if (writers.leases().exists(grant.lease())) {
            return new Outcome.Refused(Reason.LEASE_EXISTS);
        }
        writers.leases().grant(grant.lease(), grant.ttlSeconds());
        return new Outcome.LeaseGranted(revision(), grant.lease(), grant.ttlSeconds());
    }

    /// All keys of the lease go in one revision, in their order; a lease without keys raises none.
    private Outcome revoke(LeaseId lease) {
        if (!writers.leases().exists(lease)) {
            return new Outcome.Refused(Reason.LEASE_NOT_FOUND);
        }
        var txn = writers.store().begin();
        writers.leases().keys(lease).forEach(key -> txn.delete(key));
        writers.leases().remove(lease);
        return new Outcome.Accepted(txn.finish());
    }

    /// A lease that is gone by now is left out: it needs no note.
    private Outcome checkpoint(List<CheckpointLeases.Remaining> leases) {
        for (var remaining : leases) {
            if (writers.leases().exists(remaining.lease())) {
                writers.leases().checkpoint(remaining.lease(), remaining.seconds());
            }
        }
        return new Outcome.Accepted(revision());
    }

    private Outcome change(AuthCommand command) {
        return switch (command) {
            case AuthCommand.Management change ->
                outcome(writers.auth().change(change), new Outcome.Accepted(revision()));
            case AuthCommand.IssueToken issue ->
                outcome(writers.auth().issue(issue, index), new Outcome.TokenIssued(revision(), index));
            case AuthCommand.KeepTokens(var digests) -> {
                writers.auth().keep(digests);
                yield new Outcome.Accepted(revision());
            }
            case AuthCommand.DropTokens(var digests) -> {
                writers.auth().drop(digests);
                yield new Outcome.Accepted(revision());
            }
        };
    }

    private static Outcome outcome(Optional<Reason> refusal, Outcome.Done done) {
        return refusal.<Outcome>map(Outcome.Refused::new).orElse(done);
    }

    private long revision() {
        return writers.store().begin().finish();
    }
}
