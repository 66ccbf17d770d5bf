package io.metastore.crds;

import static java.util.Comparator.comparingInt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.metastore.crds.admission.Defaults;
import io.metastore.crds.admission.Walk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The definition of clusters, generated from the records, and the copy that users apply.
final class CrdFile {
    static final Path CHECKED_IN = Path.of("metastoreclusters.metastore.io-v1.yml");

    static final List<String> COLUMNS = List.of(
            "Members", "Quorate", "Leader", "Version", "Phase", "Age", "Desired", "Witness", "Updated", "Message");

    private CrdFile() {}

    static String generate() {
        try {
            var directory = Files.createDirectories(Path.of("target", "generated-crds"));
            new CRDGenerator()
                    .customResourceClasses(MetaStoreCluster.class)
                    .inOutputDir(directory.toFile())
                    .withPostProcessor(new Finish())
                    .generate();
            return Files.readString(directory.resolve(CHECKED_IN));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot generate the CRD", e);
        }
    }

    /// The file that users apply; a test keeps it equal to what is generated.
    static CustomResourceDefinition parsed() {
        try {
            return Serialization.unmarshal(Files.readString(CHECKED_IN), CustomResourceDefinition.class);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + CHECKED_IN, e);
        }
    }

    /// What the generator cannot say.
    private static final class Finish implements CRDPostProcessor {
        /// Lists whose items have an identity: two writers do not overwrite each other's items then.
        private static final Map<String, List<String>> KEYS = Map.of(
                "status.conditions", List.of("type"),
                "status.memberStatuses", List.of("name"),
                "spec.imagePullSecrets", List.of("name"),
                "spec.scheduling.topologySpreadConstraints", List.of("topologyKey", "whenUnsatisfiable"));

        private static final String QUANTITY = "^[0-9]+([.][0-9]+)?(n|u|m|k|Ki|M|Mi|G|Gi|T|Ti|P|Pi|E|Ei)?$";

        @Override
        public HasMetadata process(HasMetadata resource, String crdVersion) {
            var crd = (CustomResourceDefinition) resource;
            var version = crd.getSpec().getVersions().getFirst();
            // It sorts them by their path.
            version.getAdditionalPrinterColumns().sort(comparingInt(column -> COLUMNS.indexOf(column.getName())));
            var schema = version.getSchema().getOpenAPIV3Schema();
            schema.setDescription("A strongly consistent key-value store that is replicated over several members.");
            Walk.at(schema, "spec").setDescription("What is wanted.");
            Walk.at(schema, "status").setDescription("What was seen last. The operator writes it.");
            KEYS.forEach((path, keys) -> {
                var list = Walk.at(schema, path);
                list.setXKubernetesListType("map");
                list.setXKubernetesListMapKeys(keys);
            });
            Walk.at(schema, "spec.tls.sans").setXKubernetesListType("set");
            leaveOpen(Walk.at(schema, "spec.podTemplate.spec"));
            checkQuantities(schema);
            completeDefaults(schema);
            return crd;
        }

        /// The generator makes objects of all values of a map, and `@PreserveUnknownFields` does not change that: no
        /// field of a Pod could be said.
        private static void leaveOpen(JSONSchemaProps part) {
            part.setAdditionalProperties(null);
        }

        /// A quantity may be a number or a text, and a text may be anything: a Pod would be refused much later.
        private static void checkQuantities(JSONSchemaProps schema) {
            Walk.each(schema, (_, part) -> {
                if (Boolean.TRUE.equals(part.getXKubernetesIntOrString())) {
                    part.setPattern(QUANTITY);
                }
            });
        }

        /// The API server refuses a file in which a rule does not hold for a default as it stands, before defaults
        /// inside it are filled in: `default: {}` is not enough where a rule reads a field of it.
        private static void completeDefaults(JSONSchemaProps schema) {
            Walk.each(schema, (_, part) -> {
                if (part.getDefault() instanceof ObjectNode object) {
                    part.setDefault(Defaults.filled(part, object));
                }
            });
        }
    }
}
