package io.metastore.operator.plan;

import io.metastore.operator.model.RestartReason;
import io.metastore.operator.observe.Observed;
import io.metastore.operator.observe.ObservedPod;
import io.metastore.operator.plan.Plan.Activity;
import io.metastore.operator.spec.Wanted;
import java.util.Comparator;
import java.util.Optional;

/// Takes the Pods away one after the other, the leader last, and keeps the volumes.
final class Hibernation {
    private Hibernation() {}

    static Plan plan(Wanted wanted, Observed observed) {
        if (observed.pods().isEmpty()) {
            return Plan.idle(Activity.HIBERNATED, "no member runs, and the volumes are kept");
        }
        var going = observed.pods().stream().filter(ObservedPod::terminating).findFirst();
        if (going.isPresent()) {
            return Plan.await(Activity.HIBERNATING, "waiting for " + going.get().name() + " to stop");
        }
        var leader = observed.membership()
                .map(membership -> new View(wanted, observed, membership))
                .flatMap(View::leader)
                .map(View.Member::name);
        var next = observed.pods().stream()
                .max(Comparator.comparing((ObservedPod pod) -> !leader.equals(Optional.of(pod.name())))
                        .thenComparing(ObservedPod::name))
                .orElseThrow();
        return Plan.of(
                Activity.HIBERNATING,
                new Step.DeletePod(next.name(), next.id(), RestartReason.HIBERNATES, Optional.empty()),
                "the cluster hibernates: " + next.name() + " stops");
    }
}
