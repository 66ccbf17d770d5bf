package io.metastore.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/// Merged into the Pods of all members.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PodTemplate(
        @Default("{}") @JsonPropertyDescription("Labels and annotations.")
        Metadata metadata,

        @PreserveUnknownFields
        @JsonPropertyDescription(
                "Fields of a Pod's spec. Containers are matched by name; that of the server is metastore.")
        Map<String, Object> spec) {
    /// Labels and annotations of the Pods.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @ValidationRule(
            value = "!has(self.labels) || self.labels.all(key, !key.startsWith('metastore.io/'))",
            message = "labels metastore.io/... belong to the operator",
            fieldPath = ".labels")
    public record Metadata(
            @JsonPropertyDescription("Further labels of the Pods.") @Size(max = 64) Map<String, String> labels,

            @JsonPropertyDescription("Further annotations of the Pods.") @Size(max = 64) Map<String, String> annotations) {

        public Metadata {
            labels = Absent.asEmpty(labels);
            annotations = Absent.asEmpty(annotations);
        }
    }

    public PodTemplate {
        spec = Absent.asEmpty(spec);
    }
}
