package io.metastore.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A member that votes and keeps the log, and no keys and values.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "self.replicas == 0 || oldSelf.replicas == 0 ||"
                + " quantity(self.storage.size).compareTo(quantity(oldSelf.storage.size)) >= 0",
        message = "the size of a volume can only grow",
        fieldPath = ".storage")
@ValidationRule(
        value = "self.replicas == 0 || oldSelf.replicas == 0 || (has(self.storage.storageClass) =="
                + " has(oldSelf.storage.storageClass) && (!has(self.storage.storageClass) ||"
                + " self.storage.storageClass == oldSelf.storage.storageClass))",
        message = "storageClass cannot be changed",
        fieldPath = ".storage")
public record WitnessSpec(
        @Default("0") @JsonPropertyDescription("1 for a witness, 0 for none.") @Min(0) @Max(1) Integer replicas,

        @Default("{\"requests\": {\"cpu\": \"100m\", \"memory\": \"256Mi\"}, \"limits\": {\"memory\": \"256Mi\"}}")
        @JsonPropertyDescription("What it asks for, and may use at most, of processors and memory.")
        @Nullable Resources resources,

        @Default("{}")
        @JsonPropertyDescription(
                "Its volume, which holds the log. The log grows while a member that holds data is away.")
        Storage storage,

        @JsonPropertyDescription("Labels of the nodes that it may run on.") @Size(max = 32) Map<String, String> nodeSelector,

        @JsonPropertyDescription("Taints of nodes that it may run on all the same.") @Size(max = 32) List<Toleration> tolerations,

        @JsonPropertyDescription(
                "The zone that it runs in (label topology.kubernetes.io/zone of nodes), best one without"
                        + " members that hold data.")
        @Size(max = 63) @Nullable String topologyZone) {
    /// The volume of the witness.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Storage(
            @Default("1Gi")
            @JsonPropertyDescription("Size of the volume, for example 1Gi. It may grow, never shrink.")
            @Pattern(Texts.QUANTITY) @Size(max = Texts.LONGEST_QUANTITY) String size,

            @JsonPropertyDescription(
                    "Class of the volume; that of the Kubernetes cluster when not set. It cannot be changed.")
            @Pattern(Texts.NAME) @Size(max = Texts.LONGEST_NAME) @Nullable String storageClass) {}

    public WitnessSpec {
        nodeSelector = Absent.asEmpty(nodeSelector);
        tolerations = Absent.asEmpty(tolerations);
    }
}
