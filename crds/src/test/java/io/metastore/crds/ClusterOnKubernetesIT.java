package io.metastore.crds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionCondition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.metastore.crds.admission.Refusal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A real API server takes the file, and judges every example as the unit tests say it does.
@Tag("containers")
@Timeout(900)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterOnKubernetesIT {
    private static final Pattern UNKNOWN_FIELD = Pattern.compile("unknown field \"([^\"]+)\"");

    @AutoClose
    private final Kubernetes kubernetes = Kubernetes.start();

    static Stream<Examples.OfRule> rules() {
        return Examples.ofRules();
    }

    static Stream<Examples.OfLimit> limits() {
        return Examples.ofLimits();
    }

    static Stream<Path> forUsers() {
        return Examples.forUsers();
    }

    @BeforeAll
    void makeClustersKnown() {
        kubernetes.makeClustersKnown();
    }

    @Test
    void theFileIsWithoutFault() {
        var definition = kubernetes
                .client()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("metastoreclusters.metastore.io")
                .require();

        assertThat(definition.getStatus().getConditions())
                .filteredOn(condition -> condition.getStatus().equals("True"))
                .extracting(CustomResourceDefinitionCondition::getType)
                .containsExactlyInAnyOrder("NamesAccepted", "Established");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aRuleRefusesWhatItIsAboutAndNothingElse(Examples.OfRule rule) {
        assertThat(rule.accepted())
                .allSatisfy(example -> assertThat(refusals(example)).isEmpty());
        assertThat(rule.refused())
                .allSatisfy(example -> assertThat(refusals(example)).containsExactly(rule.refusal()));
    }

    /// Then come remarks on rules that could not be evaluated because of it.
    @ParameterizedTest
    @MethodSource("limits")
    void aLimitRefusesItsField(Examples.OfLimit limit) {
        assertThat(refusals(limit.refused())).extracting(Refusal::field).startsWith(limit.field());
    }

    @ParameterizedTest
    @MethodSource("forUsers")
    void anExampleForUsersIsAccepted(Path file) {
        strictly(Examples.resource(file)).create();
    }

    @Test
    void aVersionIsEnoughForACluster() {
        var stored = strictly(named("smallest")).create();

        assertThat(json(stored).get("spec")).isEqualTo(Examples.defaults());
    }

    @Test
    void membersAreScaled() {
        create(named("scaled"));

        kubernetes.kubectl("scale msc/scaled --replicas=5");

        assertThat(kubernetes.kubectl("get msc/scaled -o jsonpath={.spec.members}"))
                .isEqualTo("5");
        assertThat(kubernetes.refusalOf("scale msc/scaled --replicas=4")).contains("the number of voters must be odd");
    }

    @Test
    void columnsShowHowAClusterIs() {
        create(named("shown"));
        setStatus("shown");

        var lines = kubernetes.kubectl("get msc/shown").lines().toList();
        assertThat(words(lines.getFirst()))
                .containsExactly("NAME", "MEMBERS", "QUORATE", "LEADER", "VERSION", "PHASE", "AGE");
        assertThat(words(lines.getLast())).startsWith("shown", "1", "True", "demo-3", "1.0.0", "Updating");
        assertThat(words(kubernetes
                        .kubectl("get msc/shown -o wide")
                        .lines()
                        .findFirst()
                        .orElseThrow()))
                .endsWith("AGE", "DESIRED", "WITNESS", "UPDATED", "MESSAGE");
    }

    @Test
    void aWholeStatusIsKeptWhole() {
        create(named("whole"));
        setStatus("whole");

        assertThat(json(kubernetes.client().resource(generic(named("whole"))).get())
                        .get("status"))
                .isEqualTo(Examples.wholeStatus());
        assertThat(kubernetes.kubectl("get msc/whole --subresource=scale -o jsonpath={.status.replicas}"))
                .isEqualTo("2");
    }

    @Test
    void fieldsAreExplained() {
        var words = words(kubernetes.kubectl("explain msc.spec.witness"));

        assertThat(String.join(" ", words)).contains("the third vote of a cluster of two.", "Its volume, which holds");
    }

    /// Nothing is stored of what is tried, but what was before.
    private List<Refusal> refusals(Example example) {
        if (example.before().isEmpty()) {
            return refusals(() -> strictly(example.resource()).create());
        }
        create(example.before().get());
        try {
            return refusals(() -> strictly(example.resource()).update());
        } finally {
            kubernetes.client().resource(generic(example.resource())).delete();
        }
    }

    private static List<Refusal> refusals(Callable<?> call) {
        try {
            call.call();
            return List.of();
        } catch (KubernetesClientException e) {
            assertThat(e.getStatus()).as("an answer of the API server: " + e).isNotNull();
            var details = e.getStatus().getDetails();
            return details == null || details.getCauses().isEmpty()
                    ? unknownField(e)
                    : details.getCauses().stream()
                            .map(cause -> new Refusal(field(cause), message(cause)))
                            .toList();
        } catch (Exception e) {
            throw new IllegalStateException("the API server did not answer", e);
        }
    }

    /// The whole is `<nil>` there.
    private static String field(StatusCause cause) {
        return cause.getField().equals("<nil>") ? "" : cause.getField();
    }

    /// A rule's message comes after `Invalid value: "object": `, or after the value of the field that it names.
    private static String message(StatusCause cause) {
        return cause.getMessage().replaceFirst("(?s)^Invalid value: (\"(\\\\.|[^\"\\\\])*\"|[^:]*): ", "");
    }

    /// Strict decoding answers with a text alone.
    private static List<Refusal> unknownField(KubernetesClientException refused) {
        var found = UNKNOWN_FIELD.matcher(refused.getMessage());
        assertThat(found.find()).as(refused.getMessage()).isTrue();
        return List.of(new Refusal(found.group(1), "is not known"));
    }

    private static ObjectNode named(String name) {
        return Example.of(Example.YAML.createObjectNode().put("name", name)).resource();
    }

    private static GenericKubernetesResource generic(ObjectNode resource) {
        return Serialization.unmarshal(resource.toString(), GenericKubernetesResource.class);
    }

    private static JsonNode json(Object value) {
        return Serialization.unmarshal(Serialization.asJson(value), JsonNode.class);
    }

    private void create(ObjectNode resource) {
        kubernetes.client().resource(generic(resource)).create();
    }

    /// Judged as `kubectl` has it judged, where unknown fields are refused, and not stored.
    private NonDeletingOperation<GenericKubernetesResource> strictly(ObjectNode resource) {
        return kubernetes
                .client()
                .resource(generic(resource))
                .dryRun()
                .fieldValidation(FieldValidateable.Validation.STRICT);
    }

    /// By way of the records, as the operator does it.
    private void setStatus(String name) {
        var cluster = kubernetes
                .client()
                .resources(MetaStoreCluster.class)
                .withName(name)
                .require();
        cluster.setStatus(Serialization.unmarshal(Examples.wholeStatus().toString(), ClusterStatus.class));
        kubernetes.client().resource(cluster).updateStatus();
    }

    private static List<String> words(String line) {
        return List.of(line.strip().split("\\s+"));
    }
}
