package io.metastore.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// As in a Pod; the Pods that are counted are those of the cluster.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!has(self.minDomains) || self.whenUnsatisfiable == 'DoNotSchedule'",
        message = "minDomains needs whenUnsatisfiable DoNotSchedule",
        fieldPath = ".minDomains")
public record SpreadConstraint(
        @Required @JsonPropertyDescription("By how many members two domains may differ.") @Min(1) @Max(9) Integer maxSkew,

        @Required @JsonPropertyDescription("Label of nodes whose values are the domains.") @Size(max = 317) String topologyKey,

        @Required @JsonPropertyDescription("Whether a member that would break this waits.")
        WhenUnsatisfiable whenUnsatisfiable,

        @JsonPropertyDescription("How many domains there must be.") @Min(1) @Max(100) @Nullable Integer minDomains) {
    /// As in a Pod.
    public enum WhenUnsatisfiable {
        @JsonProperty("DoNotSchedule")
        DO_NOT_SCHEDULE,
        @JsonProperty("ScheduleAnyway")
        SCHEDULE_ANYWAY
    }
}
