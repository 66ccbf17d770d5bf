package io.metastore.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// On which nodes members run.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SchedulingSpec(
        @Default("Preferred") @JsonPropertyDescription("Whether members keep away from each other's nodes.")
        Wish antiAffinity,

        @Default("kubernetes.io/hostname")
        @JsonPropertyDescription("Label of nodes that tells which ones count as the same node for antiAffinity.")
        @Size(max = 317) String topologyKey,

        @Default("Preferred") @JsonPropertyDescription("Whether members spread over zones.")
        Wish zoneSpread,

        @JsonPropertyDescription("Further ways to spread members.") @Size(max = 16) List<SpreadConstraint> topologySpreadConstraints,

        @JsonPropertyDescription("Labels of the nodes that members may run on.") @Size(max = 32) Map<String, String> nodeSelector,

        @JsonPropertyDescription("Taints of nodes that members may run on all the same.") @Size(max = 32) List<Toleration> tolerations,

        @JsonPropertyDescription("Priority class of the Pods.")
        @Pattern(Texts.NAME) @Size(max = Texts.LONGEST_NAME) @Nullable String priorityClassName,

        @JsonPropertyDescription("Scheduler of the Pods; that of the Kubernetes cluster when not set.")
        @Pattern(Texts.NAME) @Size(max = Texts.LONGEST_NAME) @Nullable String schedulerName) {
    /// How much something is wished for.
    public enum Wish {
        /// If it can be had.
        @JsonProperty("Preferred")
        PREFERRED,
        /// A member waits until it can be had.
        @JsonProperty("Required")
        REQUIRED,
        @JsonProperty("None")
        NONE
    }

    public SchedulingSpec {
        topologySpreadConstraints = Absent.asEmpty(topologySpreadConstraints);
        nodeSelector = Absent.asEmpty(nodeSelector);
        tolerations = Absent.asEmpty(tolerations);
    }
}
