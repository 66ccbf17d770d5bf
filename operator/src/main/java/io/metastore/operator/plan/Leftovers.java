package io.metastore.operator.plan;

import io.metastore.operator.model.RestartReason;
import io.metastore.operator.observe.ObservedPod;
import io.metastore.operator.observe.ObservedVolume;
import io.metastore.operator.plan.Plan.Activity;
import java.util.Optional;

/// Takes away what belongs to members that a majority says are gone: first the Pod, then its volumes.
///
/// A volume that no member was ever started on is told by the cluster's id, which it lacks. It is kept
/// as long as a new member may be made on it.
final class Leftovers {
    private Leftovers() {}

    static Optional<Plan> plan(View view) {
        return pod(view).or(() -> volume(view));
    }

    private static Optional<Plan> pod(View view) {
        return view.observed.pods().stream()
                .filter(pod -> !view.contains(pod.name()))
                .findFirst()
                .map(pod -> pod.terminating()
                        ? Plan.await(Activity.SCALING, "waiting for the Pod of " + pod.name() + " to end")
                        : Plan.of(
                                Activity.SCALING,
                                new Step.DeletePod(pod.name(), pod.id(), RestartReason.REMOVED, Optional.empty()),
                                pod.name() + " no longer belongs to the cluster: its Pod goes"));
    }

    private static Optional<Plan> volume(View view) {
        var newcomer = Newcomers.candidate(view);
        return view.observed.volumes().stream()
                .filter(volume -> !volume.retired() && !volume.terminating())
                .filter(volume -> !view.contains(volume.name()))
                .filter(volume -> !newcomer.equals(Optional.of(volume.name())))
                .filter(volume ->
                        view.observed.pods().stream().map(ObservedPod::name).noneMatch(volume.name()::equals))
                .findFirst()
                .map(volume -> away(view, volume));
    }

    private static Plan away(View view, ObservedVolume volume) {
        boolean kept = view.wanted.volumes().keepRemoved() && volume.clusterId().isPresent();
        var step = kept
                ? new Step.RetireVolume(volume.name(), volume.use(), volume.id())
                : new Step.DeleteVolume(volume.name(), volume.use(), volume.id());
        return Plan.of(
                Activity.SCALING,
                step,
                volume.use().claim(volume.name()) + " is no longer used: it is " + (kept ? "kept aside" : "deleted"));
    }
}
