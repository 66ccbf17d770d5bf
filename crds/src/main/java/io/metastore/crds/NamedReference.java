package io.metastore.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/// An object in the namespace of the cluster.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NamedReference(
        @Required @JsonPropertyDescription("Its name.") @Pattern(Texts.NAME) @Size(max = Texts.LONGEST_NAME) String name) {}
