package io.metastore.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/// Timing of the replication.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "duration(self.electionTimeout) >= duration('100ms') && duration(self.electionTimeout) <="
                + " duration('50s')",
        message = "electionTimeout must be between 100ms and 50s",
        fieldPath = ".electionTimeout")
public record RaftSpec(
        @Default("1s")
        @JsonPropertyDescription(
                "How long members wait for their leader before they elect another one. Its sign of life follows"
                        + " from it.")
        @Pattern(Texts.DURATION) @Size(max = Texts.LONGEST_DURATION) String electionTimeout,

        @Default("20000")
        @JsonPropertyDescription(
                "Entries of the log between two checkpoints; an entry holds all changes that waited for it.")
        @Min(100) Long snapshotThreshold) {}
