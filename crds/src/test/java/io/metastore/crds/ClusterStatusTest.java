package io.metastore.crds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.metastore.crds.admission.Admission;
import io.metastore.crds.admission.Walk;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ClusterStatusTest {
    @Test
    void aWholeStatusIsAcceptedAndKeptWhole() {
        var resource = Example.of(Example.YAML.createObjectNode()).resource();
        resource.set("status", Examples.wholeStatus());

        assertThat(new Admission(CrdFile.parsed()).refusals(resource)).isEmpty();
        var status = Serialization.unmarshal(Examples.wholeStatus().toString(), ClusterStatus.class);
        assertThat(Serialization.unmarshal(Serialization.asJson(status), JsonNode.class))
                .isEqualTo(Examples.wholeStatus());
    }

    @Test
    void theWholeStatusHasEveryField() {
        var schema =
                CrdFile.parsed().getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();

        assertThat(fields(Examples.wholeStatus()))
                .isEqualTo(Walk.at(schema, "status").getProperties().keySet());
        assertThat(fields(Examples.wholeStatus().at("/memberStatuses/0")))
                .isEqualTo(Walk.at(schema, "status.memberStatuses[0]")
                        .getProperties()
                        .keySet());
    }

    @Test
    void anEmptyStatusIsOneInWhichNothingIsKnown() {
        var status = Serialization.unmarshal("{}", ClusterStatus.class);

        assertThat(status.phase()).isNull();
        assertThat(status.memberStatuses()).isEmpty();
        assertThat(status.conditions()).isEmpty();
    }

    private static Set<String> fields(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }
}
