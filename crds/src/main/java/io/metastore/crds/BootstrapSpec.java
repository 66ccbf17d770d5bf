package io.metastore.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/// How the cluster begins.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BootstrapSpec(
        @Default("{}") @JsonPropertyDescription("It begins empty.")
        Init init) {
    /// An empty cluster.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Init(
            @JsonPropertyDescription("Tells this cluster from any other; the uid of the resource when not set.")
            @Pattern("^[0-9A-Za-z._-]+$") @Size(max = 63) @Nullable String clusterToken) {}
}
