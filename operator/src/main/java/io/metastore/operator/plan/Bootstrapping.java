package io.metastore.operator.plan;

import io.metastore.operator.model.MemberName;
import io.metastore.operator.model.RestartReason;
import io.metastore.operator.model.Role;
import io.metastore.operator.observe.Observed;
import io.metastore.operator.observe.ObservedPod;
import io.metastore.operator.observe.ObservedVolume;
import io.metastore.operator.plan.Plan.Activity;
import io.metastore.operator.spec.Wanted;
import java.util.Optional;

/// The first member founds the cluster alone; the others join it later, like any new member.
final class Bootstrapping {
    private Bootstrapping() {}

    static Plan plan(Wanted wanted, Observed observed) {
        var seed = observed.volumes().stream()
                .filter(volume -> volume.isUsable() && volume.role() == Role.VOTER)
                .map(ObservedVolume::name)
                .findFirst();
        // A Pod that lost its volume before the cluster began would found it on nothing when its volume comes back
        // empty.
        var other = observed.pods().stream()
                .filter(pod -> !seed.equals(Optional.of(pod.name())))
                .findFirst();
        if (other.isPresent()) {
            return clear(other.get());
        }
        return seed.map(name -> found(wanted, observed, name)).orElseGet(() -> {
            var name = new MemberName(wanted.cluster(), observed.nextSerial(wanted.cluster()));
            return Plan.of(
                    Activity.BOOTSTRAPPING,
                    new Step.CreateMember(name, Role.VOTER),
                    "the cluster begins: volumes for its first member " + name);
        });
    }

    private static Plan found(Wanted wanted, Observed observed, MemberName seed) {
        var missing = View.missing(wanted, Role.VOTER, observed.volumes(seed));
        if (!missing.isEmpty()) {
            return Plan.of(
                    Activity.BOOTSTRAPPING,
                    new Step.CreateVolume(seed, Role.VOTER, missing.getFirst()),
                    "another volume for the first member " + seed);
        }
        var pod = observed.pod(seed);
        if (pod.isEmpty()) {
            return Plan.of(
                    Activity.BOOTSTRAPPING,
                    new Step.CreatePod(seed, Role.VOTER, new Step.Start.Found()),
                    "the first member " + seed + " founds the cluster");
        }
        return pod.filter(found -> !found.terminating() && !found.running())
                .flatMap(found -> Restart.reason(wanted, Role.VOTER, found, observed.volumes(seed))
                        .map(reason -> Restart.atOnce(Activity.BOOTSTRAPPING, found, reason)))
                .orElseGet(() -> Plan.await(
                        Activity.BOOTSTRAPPING,
                        "waiting for the first member " + seed
                                + pod.flatMap(ObservedPod::trouble)
                                        .map(text -> ": " + text)
                                        .orElse("")));
    }

    private static Plan clear(ObservedPod pod) {
        // One that runs may hold all that there is: it is asked, not ended.
        return pod.terminating() || pod.running()
                ? Plan.await(
                        Activity.BOOTSTRAPPING,
                        "waiting for the Pod " + pod.name() + " to " + (pod.running() ? "answer" : "end"))
                : Restart.atOnce(Activity.BOOTSTRAPPING, pod, RestartReason.VOLUME_LOST);
    }
}
