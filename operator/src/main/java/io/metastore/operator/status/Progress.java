package io.metastore.operator.status;

import io.metastore.operator.model.Role;
import io.metastore.operator.observe.Observed;
import io.metastore.operator.observe.ObservedPod;
import io.metastore.operator.spec.Wanted;

/// How many members run what is wanted.
final class Progress {
    private Progress() {}

    static boolean isUpdated(Wanted wanted, ObservedPod pod) {
        var build = wanted.build(pod.servesClients() ? Role.VOTER : Role.WITNESS);
        return pod.hash().equals(build.hash()) && pod.image().equals(build.image());
    }

    static boolean allUpdated(Wanted wanted, Observed observed) {
        return observed.pods().stream().allMatch(pod -> isUpdated(wanted, pod));
    }
}
