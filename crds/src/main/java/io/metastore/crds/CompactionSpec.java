package io.metastore.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/// Which history is forgotten by itself.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "self.mode != 'Periodic' || self.retention.matches('^([0-9]+([.][0-9]+)?(ms|s|m|h))+$')",
        message = "retention must be a time such as 1h with mode Periodic",
        fieldPath = ".retention")
@ValidationRule(
        value = "self.mode != 'Revision' || self.retention.matches('^[1-9][0-9]*$')",
        message = "retention must be a number of revisions with mode Revision",
        fieldPath = ".retention")
public record CompactionSpec(
        @Default("Periodic")
        @JsonPropertyDescription(
                "Periodic: what is older than retention. Revision: all but the last revisions, as many as"
                        + " retention says. None: nothing.")
        Mode mode,

        @Default("1h")
        @JsonPropertyDescription("A time such as 1h with mode Periodic, a number with mode Revision.")
        @Size(max = 32) String retention) {
    /// What the retention counts.
    public enum Mode {
        @JsonProperty("Periodic")
        PERIODIC,
        @JsonProperty("Revision")
        REVISION,
        @JsonProperty("None")
        NONE
    }
}
