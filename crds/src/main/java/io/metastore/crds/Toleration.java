package io.metastore.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// As in a Pod.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "has(self.key) || self.operator == 'Exists'",
        message = "a toleration without key needs operator Exists")
@ValidationRule(
        value = "!has(self.value) || self.operator == 'Equal'",
        message = "a toleration with operator Exists takes no value",
        fieldPath = ".value")
@ValidationRule(
        value = "!has(self.tolerationSeconds) || (has(self.effect) && self.effect == 'NoExecute')",
        message = "tolerationSeconds needs effect NoExecute",
        fieldPath = ".tolerationSeconds")
public record Toleration(
        @JsonPropertyDescription("Key of the taint; all taints when not set.") @Size(max = 317) @Nullable String key,

        @Default("Equal") @JsonPropertyDescription("How the value of the taint is compared.")
        Operator operator,

        @JsonPropertyDescription("Value of the taint.") @Size(max = 63) @Nullable String value,

        @JsonPropertyDescription("Effect of the taint; every effect when not set.") @Nullable Effect effect,

        @JsonPropertyDescription("For how long a taint NoExecute is tolerated; for ever when not set.") @Nullable Long tolerationSeconds) {
    /// As in a Pod.
    public enum Operator {
        @JsonProperty("Equal")
        EQUAL,
        @JsonProperty("Exists")
        EXISTS
    }
    /// As of a taint.
    public enum Effect {
        @JsonProperty("NoSchedule")
        NO_SCHEDULE,
        @JsonProperty("PreferNoSchedule")
        PREFER_NO_SCHEDULE,
        @JsonProperty("NoExecute")
        NO_EXECUTE
    }
}
