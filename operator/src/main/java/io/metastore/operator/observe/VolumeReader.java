package io.metastore.operator.observe;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.metastore.operator.model.MemberName;
import io.metastore.operator.model.ObjectId;
import io.metastore.operator.model.Role;
import io.metastore.operator.model.VolumeUse;
import io.metastore.operator.resource.Labels;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What matters of a claim.
final class VolumeReader {
    private VolumeReader() {}

    /// Nothing for a claim that is none of a member's, whatever its labels say.
    static Optional<ObservedVolume> read(String cluster, PersistentVolumeClaim claim) {
        return Arrays.stream(VolumeUse.values())
                .flatMap(use -> name(cluster, claim, use).stream().map(name -> read(name, use, claim)))
                .findFirst();
    }

    private static Optional<MemberName> name(String cluster, PersistentVolumeClaim claim, VolumeUse use) {
        var name = claim.getMetadata().getName();
        var prefix = use.text() + "-";
        return name.startsWith(prefix) ? MemberName.parse(cluster, name.substring(prefix.length())) : Optional.empty();
    }

    private static ObservedVolume read(MemberName name, VolumeUse use, PersistentVolumeClaim claim) {
        var meta = claim.getMetadata();
        var labels = meta.getLabels() == null ? Map.<String, String>of() : meta.getLabels();
        return new ObservedVolume(
                name,
                use,
                new ObjectId(meta.getUid(), meta.getResourceVersion()),
                Role.WITNESS.text().equals(labels.get(Labels.ROLE)) ? Role.WITNESS : Role.VOTER,
                meta.getDeletionTimestamp() != null
                        || (claim.getStatus() != null
                                && "Lost".equals(claim.getStatus().getPhase())),
                requested(claim),
                waitsForRestart(claim),
                Optional.ofNullable(labels.get(Labels.CLUSTER_ID)),
                labels.containsKey(Labels.RETIRED));
    }

    private static long requested(PersistentVolumeClaim claim) {
        return Optional.ofNullable(claim.getSpec().getResources())
                .flatMap(resources -> Optional.ofNullable(resources.getRequests()))
                .flatMap(requests -> Optional.ofNullable(requests.get("storage")))
                .map(size -> Quantity.getAmountInBytes(size).longValue())
                .orElse(0L);
    }

    private static boolean waitsForRestart(PersistentVolumeClaim claim) {
        return Stream.ofNullable(claim.getStatus())
                .flatMap(status -> status.getConditions().stream())
                .anyMatch(condition -> condition.getType().equals("FileSystemResizePending")
                        && condition.getStatus().equals("True"));
    }
}
