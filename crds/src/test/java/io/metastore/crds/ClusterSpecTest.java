package io.metastore.crds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.metastore.crds.admission.Admission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClusterSpecTest {
    private static final Admission ADMISSION = new Admission(CrdFile.parsed());
    private static final Path FLAGS_OF_SERVER =
            Path.of("..", "server", "src", "main", "java", "io", "metastore", "server", "cli", "FlagTable.java");

    static Stream<Path> forUsers() {
        return Examples.forUsers();
    }

    @Test
    void aVersionIsEnoughForACluster() {
        var stored = ADMISSION.withDefaults(withVersionOnly());

        assertThat(ADMISSION.refusals(stored)).isEmpty();
        assertThat(stored.get("spec")).isEqualTo(Examples.defaults());
    }

    @Test
    void defaultsArriveInTheRecords() {
        var spec = typed(ADMISSION.withDefaults(withVersionOnly())).getSpec();

        assertThat(spec.members()).isEqualTo(3);
        assertThat(spec.witness().replicas()).isZero();
        assertThat(spec.witness().storage().size()).isEqualTo("1Gi");
        assertThat(spec.services().mysql().enabled()).isFalse();
        assertThat(spec.updateStrategy().minReadySeconds()).isEqualTo(10);
        assertThat(spec.tls().peer().mode()).isEqualTo(TlsSpec.Mode.OPERATOR_CA);
        assertThat(spec.config()).isEmpty();
        assertThat(spec.scheduling().tolerations()).isEmpty();
    }

    /// Whatever the operator reads it could write back: no field is lost on the way, and none is invented.
    @ParameterizedTest
    @MethodSource("forUsers")
    void anExampleForUsersIsAcceptedAndKeptWhole(Path file) {
        var stored = ADMISSION.withDefaults(Examples.resource(file));

        assertThat(ADMISSION.refusals(stored)).isEmpty();
        assertThat(json(typed(stored).getSpec())).isEqualTo(stored.get("spec"));
    }

    @Test
    void bothExamplesForUsersAreThere() {
        assertThat(Examples.forUsers())
                .extracting(file -> file.getFileName().toString())
                .contains("cluster.yaml", "cluster-with-witness.yaml");
    }

    @Test
    void whatTheOperatorOwnsAreFlagsOfTheServer() throws IOException {
        var table = Files.readString(FLAGS_OF_SERVER);
        var names = names("'([a-z-]+[a-z])'", ServerFlags.NONE_IS_OWNED);
        var beginnings = names("'([a-z-]+)-'", ServerFlags.NONE_IS_OWNED);

        assertThat(names)
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(table).contains("= " + name + " |"));
        assertThat(beginnings).hasSize(5).allSatisfy(start -> assertThat(table).contains("= " + start + "-"));
    }

    private static List<String> names(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static ObjectNode withVersionOnly() {
        return Example.of(Example.YAML.createObjectNode()).resource();
    }

    private static MetaStoreCluster typed(ObjectNode resource) {
        return Serialization.unmarshal(resource.toString(), MetaStoreCluster.class);
    }

    private static JsonNode json(Object value) {
        return Serialization.unmarshal(Serialization.asJson(value), JsonNode.class);
    }
}
