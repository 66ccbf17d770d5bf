package io.metastore.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The service account of the members: an existing one, or annotations of the one that is made.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!has(self.name) || !has(self.annotations)",
        message = "annotations are for a service account that the operator makes: leave out name",
        fieldPath = ".annotations")
@ValidationRule(
        value = "has(self.name) == has(oldSelf.name) && (!has(self.name) || self.name == oldSelf.name)",
        message = "the name of the service account cannot be changed",
        fieldPath = ".name")
public record ServiceAccountSpec(
        @JsonPropertyDescription("An existing service account. It cannot be changed.")
        @Pattern(Texts.NAME) @Size(max = Texts.LONGEST_NAME) @Nullable String name,

        @JsonPropertyDescription(
                "Annotations of the service account that the operator makes, for example a role at a cloud provider.")
        @Size(max = 32) Map<String, String> annotations) {

    public ServiceAccountSpec {
        annotations = Absent.asEmpty(annotations);
    }
}
