package io.metastore.server.apply;

import io.metastore.server.cluster.MemberTable.About;
import io.metastore.server.cluster.Origin;
import io.metastore.server.model.LeaseId;
import io.metastore.server.request.AlarmRule;
import io.metastore.server.request.Command;
import io.metastore.server.request.Command.CheckpointLeases;
import io.metastore.server.request.Command.Compact;
import io.metastore.server.request.Command.ConfirmOrigin;
import io.metastore.server.request.Command.GrantLease;
import io.metastore.server.request.Command.PublishMember;
import io.metastore.server.request.Command.RevokeLease;
import io.metastore.server.request.Command.SetAlarm;
import io.metastore.server.request.DeleteRange;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Put;
import io.metastore.server.request.Reason;
import io.metastore.server.request.Txn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Runs the commands of one entry. A command that is refused changes nothing.
final class Execution {
    private final Writers writers;

    Execution(Writers writers) {
        this.writers = writers;
    }

    List<Outcome> run(List<Command> commands) {
        var outcomes = new ArrayList<Outcome>(commands.size());
        for (var command : commands) {
            outcomes.add(run(command));
        }
        return Collections.unmodifiableList(outcomes);
    }

    private Outcome run(Command command) {
        var restriction = AlarmRule.refusal(writers.alarms().raised(), command);
        return restriction.isPresent() ? new Outcome.Refused(restriction.get()) : carryOut(command);
    }

    private Outcome carryOut(Command command) {
        return switch (command) {
            case Put put -> new KeyChange(writers).put(put);
            case DeleteRange delete -> new KeyChange(writers).delete(delete);
            case Txn txn -> new TxnExecution(writers).run(txn);
            case Compact(var revision) -> writers.store().compact(revision);
            case GrantLease grant -> grant(grant);
            case RevokeLease(var lease) -> revoke(lease);
            case CheckpointLeases(var leases) -> checkpoint(leases);
            case SetAlarm(var alarm, var raised) -> {
                writers.alarms().set(alarm, raised);
                yield new Outcome.Alarms(revision(), writers.alarms().raised());
            }
            case PublishMember(var member, var name, var clientUrls) -> {
                writers.members().publish(member, new About(name, clientUrls));
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

    private long revision() {
        return writers.store().begin().finish();
    }
}
