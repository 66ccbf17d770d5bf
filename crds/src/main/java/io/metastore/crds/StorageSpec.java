package io.metastore.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// The volumes of each member that holds data.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "quantity(self.size).compareTo(quantity(oldSelf.size)) >= 0",
        message = "the size of a volume can only grow",
        fieldPath = ".size")
@ValidationRule(
        value = "has(self.storageClass) == has(oldSelf.storageClass) && (!has(self.storageClass) ||"
                + " self.storageClass == oldSelf.storageClass)",
        message = "storageClass cannot be changed",
        fieldPath = ".storageClass")
@ValidationRule(
        value = "has(self.logSize) == has(oldSelf.logSize)",
        message = "whether there is a volume for the log cannot be changed",
        fieldPath = ".logSize")
@ValidationRule(
        value = "!has(self.logSize) || !has(oldSelf.logSize) ||"
                + " quantity(self.logSize).compareTo(quantity(oldSelf.logSize)) >= 0",
        message = "the size of a volume can only grow",
        fieldPath = ".logSize")
public record StorageSpec(
        @Default("10Gi")
        @JsonPropertyDescription("Size of the volume, for example 10Gi. It may grow, never shrink.")
        @Pattern(Texts.QUANTITY) @Size(max = Texts.LONGEST_QUANTITY) String size,

        @JsonPropertyDescription(
                "Class of the volumes; that of the Kubernetes cluster when not set. It cannot be changed.")
        @Pattern(Texts.NAME) @Size(max = Texts.LONGEST_NAME) @Nullable String storageClass,

        @JsonPropertyDescription(
                "Size of a second volume for the log. Whether there is one cannot be changed; it may grow,"
                        + " never shrink.")
        @Pattern(Texts.QUANTITY) @Size(max = Texts.LONGEST_QUANTITY) @Nullable String logSize,

        @Default("{}") @JsonPropertyDescription("What becomes of volumes that are no longer needed.")
        Retention retention,

        @Default("{}") @JsonPropertyDescription("How volumes grow.")
        Resize resize) {
    /// What becomes of volumes.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Retention(
            @Default("Retain")
            @JsonPropertyDescription(
                    "When the cluster is deleted. A cluster that is created again by the same name goes on with"
                            + " volumes that were retained.")
            Kept whenDeleted,

            @Default("Delete") @JsonPropertyDescription("When their member is removed.")
            Kept whenScaled) {}

    /// Whether a volume is kept.
    public enum Kept {
        @JsonProperty("Retain")
        RETAIN,
        @JsonProperty("Delete")
        DELETE
    }
    /// How volumes grow.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Resize(
            @Default("Online")
            @JsonPropertyDescription(
                    "Online: while members run, and with a restart only if the file system waits for one."
                            + " Restart: with a restart of each member. Manual: the operator only reports it.")
            ResizeMode mode) {}

    /// How volumes grow.
    public enum ResizeMode {
        @JsonProperty("Online")
        ONLINE,
        @JsonProperty("Restart")
        RESTART,
        @JsonProperty("Manual")
        MANUAL
    }
}
