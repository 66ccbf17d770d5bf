package io.metastore.operator.plan;

import io.metastore.operator.observe.Observed;
import io.metastore.operator.observe.ObservedVolume;
import io.metastore.operator.spec.Wanted;
import java.util.ArrayList;
import java.util.List;

/// What is done in every pass and never waits behind anything: it disturbs nobody.
final class Upkeep {
    private Upkeep() {}

    static List<Step> steps(Wanted wanted, Observed observed) {
        var steps = new ArrayList<Step>();
        if (wanted.volumes().grow()) {
            observed.volumes().stream().filter(ObservedVolume::isUsable).forEach(volume -> grow(wanted, volume, steps));
        }
        observed.membership().ifPresent(membership -> {
            var view = new View(wanted, observed, membership);
            label(view, steps);
            if (wanted.care().markLeader()) {
                mark(view, steps);
            }
        });
        return steps;
    }

    /// A volume that a person made larger stays as it is.
    private static void grow(Wanted wanted, ObservedVolume volume, List<Step> steps) {
        long size = wanted.size(volume.role(), volume.use()).orElse(0);
        if (volume.requested() < size) {
            steps.add(new Step.GrowVolume(volume.name(), volume.use(), volume.id(), size));
        }
    }

    /// Once a member belongs to the cluster its volume says so: it is no longer one that may be thrown
    /// away as unused.
    private static void label(View view, List<Step> steps) {
        view.members.stream()
                .flatMap(member -> member.volumes().stream())
                .filter(volume -> volume.isUsable() && volume.clusterId().isEmpty())
                .forEach(volume -> steps.add(
                        new Step.LabelVolume(volume.name(), volume.use(), volume.id(), view.membership.clusterId())));
    }

    private static void mark(View view, List<Step> steps) {
        if (view.leader().isEmpty()) {
            return;
        }
        for (var member : view.members) {
            member.pod()
                    .filter(pod -> !pod.terminating() && pod.marked() != member.leads())
                    .ifPresent(pod -> steps.add(new Step.MarkLeader(pod.name(), pod.id(), member.leads())));
        }
    }
}
