package io.metastore.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/// As the conditions of Kubernetes' own objects.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Condition(
        @Required @JsonPropertyDescription("What this is about.")
        ConditionType type,

        @Required @JsonPropertyDescription("Whether it is so.")
        Truth status,

        @JsonPropertyDescription("Which generation of the spec this is about.") @Nullable Long observedGeneration,

        @JsonPropertyDescription("When status changed last.") @Nullable String lastTransitionTime,

        @JsonPropertyDescription("Why, in one word for programs.") @Nullable String reason,

        @JsonPropertyDescription("Why, and what to do, for people.") @Nullable String message) {
    /// Whether something is so.
    public enum Truth {
        @JsonProperty("True")
        TRUE,
        @JsonProperty("False")
        FALSE,
        @JsonProperty("Unknown")
        UNKNOWN
    }
}
