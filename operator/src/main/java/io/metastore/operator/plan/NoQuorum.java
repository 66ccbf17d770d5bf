package io.metastore.operator.plan;

import io.metastore.operator.model.MemberName;
import io.metastore.operator.model.Role;
import io.metastore.operator.observe.Observed;
import io.metastore.operator.observe.ObservedVolume;
import io.metastore.operator.plan.Plan.Activity;
import io.metastore.operator.spec.Wanted;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// No majority answers. Members whose volumes are there get Pods, and that is all: nothing is taken
/// away that might be needed, and nobody's vote is changed.
final class NoQuorum {
    private NoQuorum() {}

    static Plan plan(Wanted wanted, Observed observed) {
        // Also those that do not say yet to which cluster they belong: a crash may have come before they were told. One
        // that
        // is new and empty joins nobody without a majority.
        var members = observed.volumes().stream()
                .filter(ObservedVolume::isUsable)
                .collect(Collectors.groupingBy(ObservedVolume::name, TreeMap::new, Collectors.toList()));
        var joins = members.keySet().stream()
                .map(name -> name + "=" + wanted.peerUrl(name))
                .collect(Collectors.joining(","));
        var starts = members.entrySet().stream()
                .filter(entry -> observed.pod(entry.getKey()).isEmpty())
                .filter(entry -> View.isWhole(wanted, role(entry.getValue()), entry.getValue()))
                .map(entry -> new Step.CreatePod(entry.getKey(), role(entry.getValue()), new Step.Start.Join(joins)))
                .toList();
        if (!starts.isEmpty()) {
            return Plan.of(
                    Activity.NO_QUORUM,
                    starts,
                    "no majority: Pods of " + View.names(starts.stream().map(Step.CreatePod::name)) + " are made anew");
        }
        return stuck(wanted, observed, members.keySet())
                .orElseGet(() -> Plan.await(
                        Activity.NO_QUORUM,
                        "no majority of the members answers: waiting for "
                                + absent(observed, members.keySet())
                                + "; if volumes are lost for good a person must decide (docs/recover-quorum.md)"));
    }

    private static Role role(List<ObservedVolume> volumes) {
        return volumes.getFirst().role();
    }

    /// A Pod whose process does not run and that is not as wanted: it helps nobody, and a mended one
    /// may.
    private static Optional<Plan> stuck(Wanted wanted, Observed observed, Collection<MemberName> members) {
        return observed.pods().stream()
                .filter(pod -> members.contains(pod.name()))
                .filter(pod -> !pod.running() && !pod.ready() && !pod.terminating())
                .flatMap(pod ->
                        Restart.reason(wanted, role(observed.volumes(pod.name())), pod, observed.volumes(pod.name()))
                                .stream()
                                .map(reason -> Restart.atOnce(Activity.NO_QUORUM, pod, reason)))
                .findFirst();
    }

    private static String absent(Observed observed, Collection<MemberName> members) {
        var silent =
                View.names(members.stream().filter(name -> !observed.answers().containsKey(name)));
        var troubles = observed.pods().stream()
                .flatMap(pod -> pod.trouble().stream().map(text -> pod.name() + " " + text))
                .toList();
        return Stream.of(silent, String.join("; ", troubles))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(": "));
    }
}
