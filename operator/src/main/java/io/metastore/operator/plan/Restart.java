package io.metastore.operator.plan;

import io.metastore.operator.model.RestartReason;
import io.metastore.operator.model.Role;
import io.metastore.operator.observe.ObservedPod;
import io.metastore.operator.observe.ObservedVolume;
import io.metastore.operator.plan.Plan.Activity;
import io.metastore.operator.spec.Wanted;
import java.util.List;
import java.util.Optional;

/// Whether a Pod is to be made anew, and the step for one that nobody misses.
final class Restart {
    private Restart() {}

    static Optional<RestartReason> reason(Wanted wanted, Role role, ObservedPod pod, List<ObservedVolume> volumes) {
        var build = wanted.build(role);
        if (!pod.hash().equals(build.hash())) {
            return Optional.of(RestartReason.SPEC_CHANGED);
        }
        if (!pod.image().equals(build.image())) {
            return Optional.of(RestartReason.POD_EDITED);
        }
        return wanted.volumes().grow() && volumes.stream().anyMatch(ObservedVolume::waitsForRestart)
                ? Optional.of(RestartReason.FILE_SYSTEM_GROWS)
                : Optional.empty();
    }

    static Plan atOnce(Activity activity, ObservedPod pod, RestartReason reason) {
        return Plan.of(
                activity,
                new Step.DeletePod(pod.name(), pod.id(), reason, Optional.empty()),
                pod.name() + " takes no part in the majority, and " + reason.text() + ": its Pod is made anew");
    }
}
