package io.metastore.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/// As in a container.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Resources(
        @JsonPropertyDescription("What is set aside, for example cpu: 500m and memory: 1Gi.") @Size(max = 16) Map<String, Quantity> requests,

        @JsonPropertyDescription("What may be used at most.") @Size(max = 16) Map<String, Quantity> limits) {

    public Resources {
        requests = Absent.asEmpty(requests);
        limits = Absent.asEmpty(limits);
    }
}
