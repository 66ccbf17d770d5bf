package io.metastore.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/// How members are restarted: one at a time, the leader last.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record UpdateStrategy(
        @Default("Transfer")
        @JsonPropertyDescription(
                "Transfer: the operator moves leadership before it restarts the leader. Supervised: it waits"
                        + " until somebody did.")
        LeaderUpdate leader,

        @Default("10")
        @JsonPropertyDescription("How long a member must be ready before the next one is restarted.")
        @Min(0) @Max(3600) Integer minReadySeconds,

        @Default("1000")
        @JsonPropertyDescription(
                "By how many entries of the log a member may be behind when the next one is restarted.")
        @Min(0) Long maxLagEntries,

        @Default("15m")
        @JsonPropertyDescription("After which time a member that does not come back is reported.")
        @Pattern(Texts.DURATION) @Size(max = Texts.LONGEST_DURATION) String memberTimeout) {
    /// What happens before the leader is restarted.
    public enum LeaderUpdate {
        @JsonProperty("Transfer")
        TRANSFER,
        @JsonProperty("Supervised")
        SUPERVISED
    }
}
