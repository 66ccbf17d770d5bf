package io.metastore.server.node;

import io.metastore.server.auth.Access;
import io.metastore.server.auth.AuthState;
import io.metastore.server.consensus.Consensus;
import io.metastore.server.request.AuthCommand;
import io.metastore.server.request.Caller;
import io.metastore.server.request.Command;
import io.metastore.server.request.DeleteRange;
import io.metastore.server.request.MemberCommand;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Put;
import io.metastore.server.request.Reason;
import io.metastore.server.request.Txn;
import io.metastore.server.request.VersionCommand;
import io.metastore.server.trace.Span;
import io.metastore.server.trace.Tracing;
import java.util.Optional;
import java.util.function.Consumer;

/// The way in of changes. Who may not make one is refused here already, so that he costs the cluster nothing;
/// but this member may know less than another, so it first makes sure that it knows all.
///
/// Source of the order of refusals: the door of etcd 3.7 asks for a token and who deals with leases, then its
/// appliers ask for alarms, then for rights.
final class Entrance {
    private final Consensus consensus;
    private final RequestMeter meter;
    private final Admission admission;
    private final Doorkeeper doorkeeper;
    private final Tracing tracing;

    Entrance(Consensus consensus, RequestMeter meter, Admission admission, Doorkeeper doorkeeper, Tracing tracing) {
        this.tracing = tracing;
        this.consensus = consensus;
        this.meter = meter;
        this.admission = admission;
        this.doorkeeper = doorkeeper;
    }

    void enter(Credentials who, Command command, Consumer<Outcome> reply) {
        var admit = tracing.current().child("admit");
        var auth = doorkeeper.state();
        if (!auth.enabled() || who instanceof Credentials.Member) {
            var refusal = admission.refuses();
            if (refusal.isPresent()) {
                refuse(refusal.get(), admit, reply);
            } else {
                propose(attributed(who, command), admit, reply);
            }
            return;
        }
        var verdict = judge(auth, who, command);
        switch (verdict) {
            case Verdict.Enters(var attributed) -> propose(attributed, admit, reply);
            case Verdict.Refused(var reason) -> refuse(reason, admit, reply);
            case Verdict.RefusedAsFarAsKnown _ -> enterWhenAllIsKnown(who, command, admit, reply);
        }
    }

    private void propose(Command command, Span admit, Consumer<Outcome> reply) {
        consensus.propose(command, FollowedChange.after(admit, meter.change(command, reply)));
    }

    private static void refuse(Reason reason, Span admit, Consumer<Outcome> reply) {
        Refusal.tell(admit, reason);
        admit.end();
        reply.accept(new Outcome.Refused(reason));
    }

    private void enterWhenAllIsKnown(Credentials who, Command command, Span admit, Consumer<Outcome> reply) {
        admit.aside(() -> consensus.awaitReadable(barrier -> {
            switch (barrier) {
                case Consensus.Barrier.Refused(var reason) -> refuse(reason, admit, reply);
                case Consensus.Barrier.Passed _ -> {
                    switch (judge(doorkeeper.state(), who, command)) {
                        case Verdict.Enters(var attributed) -> propose(attributed, admit, reply);
                        case Verdict.Refused(var reason) -> refuse(reason, admit, reply);
                        case Verdict.RefusedAsFarAsKnown(var reason) -> refuse(reason, admit, reply);
                    }
                }
            }
        }));
    }

    /// What a member asks for by itself stands alone; puts, deletes and transactions it never asks for.
    private static Command attributed(Credentials who, Command command) {
        return switch (command) {
            case Command.RevokeLease _, Command.Compact _, Command.SetAlarm _ ->
                who instanceof Credentials.Member ? command : new Command.OnBehalf(Caller.NOBODY, command);
            case Put _, DeleteRange _, Txn _, AuthCommand _, MemberCommand _, VersionCommand _, Command.GrantLease _ ->
                command;
            case Command.CheckpointLeases _, Command.PublishMember _, Command.ConfirmOrigin _, Command.OnBehalf _ ->
                command;
        };
    }

    private sealed interface Verdict {
        record Enters(Command attributed) implements Verdict {}

        record Refused(Reason reason) implements Verdict {}

        /// Another member may know of a right that this one has not heard of.
        record RefusedAsFarAsKnown(Reason reason) implements Verdict {}
    }

    private Verdict judge(AuthState auth, Credentials who, Command command) {
        var caller = doorkeeper.caller(auth, who);
        if (caller.isEmpty()) {
            return new Verdict.Refused(Reason.INVALID_TOKEN);
        }
        // The keys of leases are looked at when the command is applied: reading them takes time.
        var access = new Access(auth, caller.get(), Access::noKeys);
        var atDoor = refusalAtDoor(access, command);
        if (atDoor.isPresent()) {
            return new Verdict.RefusedAsFarAsKnown(atDoor.get());
        }
        var admitted = admission.refuses();
        if (admitted.isPresent()) {
            return new Verdict.Refused(admitted.get());
        }
        var refusal = admission.isForbiddenByAlarm(command) ? Optional.<Reason>empty() : access.refusal(command);
        return refusal.<Verdict>map(Verdict.RefusedAsFarAsKnown::new)
                .orElseGet(() -> new Verdict.Enters(new Command.OnBehalf(caller.get(), command)));
    }

    /// What counts before alarms do; for all else the alarm is the answer, which is given where it is applied.
    private static Optional<Reason> refusalAtDoor(Access access, Command command) {
        return switch (command) {
            case Command.GrantLease _, Command.RevokeLease _, Command.Compact _, Command.SetAlarm _ ->
                access.refusal(command);
            case Put _, DeleteRange _, Txn _, AuthCommand _, MemberCommand _, VersionCommand _ -> Optional.empty();
            case Command.CheckpointLeases _, Command.PublishMember _, Command.ConfirmOrigin _, Command.OnBehalf _ ->
                Optional.empty();
        };
    }
}
