package io.metastore.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// What is done for availability when nodes go away.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!has(self.replaceLostMembersAfter) || duration(self.replaceLostMembersAfter) >= duration('5m')",
        message = "replaceLostMembersAfter must be at least 5m",
        fieldPath = ".replaceLostMembersAfter")
public record AvailabilitySpec(
        @Default("{}") @JsonPropertyDescription("How many members may be evicted at once.")
        Pdb pdb,

        @JsonPropertyDescription(
                "A member that was not ready for so long is replaced by a new one, if the others have a"
                        + " majority; at least 5m. Never when not set.")
        @Pattern(Texts.DURATION) @Size(max = Texts.LONGEST_DURATION) @Nullable String replaceLostMembersAfter,

        @Default("true") @JsonPropertyDescription("Moves leadership away from a node that takes no more Pods.")
        Boolean moveLeaderOnDrain) {
    /// The disruption budget.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Pdb(
            @Default("true")
            @JsonPropertyDescription(
                    "Whether there is one. A cluster of one member never has one: its node could not be drained.")
            Boolean enabled,

            @Default("IfHealthyBudget")
            @JsonPropertyDescription("Whether members that are not ready may always be evicted.")
            UnhealthyPodEvictionPolicy unhealthyPodEvictionPolicy) {}

    /// As in a PodDisruptionBudget.
    public enum UnhealthyPodEvictionPolicy {
        @JsonProperty("IfHealthyBudget")
        IF_HEALTHY_BUDGET,
        @JsonProperty("AlwaysAllow")
        ALWAYS_ALLOW
    }
}
