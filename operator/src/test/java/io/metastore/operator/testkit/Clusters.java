package io.metastore.operator.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.metastore.crds.MetaStoreCluster;
import io.metastore.crds.admission.Admission;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Clusters as the API server stores them: defaults filled in, and refused when a rule refuses them.
public final class Clusters {
    public static final String NAMESPACE = "ns";
    private static final Path DEFINITION = Path.of("..", "crds", "metastoreclusters.metastore.io-v1.yml");
    private static final Admission ADMISSION = new Admission(definition());

    private Clusters() {}

    /// A cluster named demo.
    ///
    /// @param spec as YAML without the version, for example `members: 5`
    public static MetaStoreCluster demo(String spec) {
        return named("demo", spec);
    }

    public static MetaStoreCluster named(String name, String spec) {
        return in(NAMESPACE, name, spec);
    }

    public static MetaStoreCluster in(String namespace, String name, String spec) {
        var text = """
                apiVersion: metastore.io/v1alpha1
                kind: MetaStoreCluster
                metadata: {name: %s, namespace: %s, uid: 5f0c, generation: 1}
                spec:
                  version: 1.0.0
                %s
                """.formatted(name, namespace, spec.indent(2));
        return stored(Serialization.unmarshal(text, ObjectNode.class));
    }

    /// A file that users copy, as it is stored.
    public static MetaStoreCluster of(Path file) {
        try {
            var resource = Serialization.unmarshal(Files.readString(file), ObjectNode.class);
            ((ObjectNode) resource.get("metadata"))
                    .put("namespace", NAMESPACE)
                    .put("uid", "5f0c")
                    .put("generation", 1);
            return stored(resource);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static MetaStoreCluster stored(ObjectNode resource) {
        var refusals = ADMISSION.refusals(resource);
        if (!refusals.isEmpty()) {
            throw new IllegalArgumentException("the API server refuses it: " + refusals);
        }
        return Serialization.unmarshal(ADMISSION.withDefaults(resource).toString(), MetaStoreCluster.class);
    }

    private static CustomResourceDefinition definition() {
        try {
            return Serialization.unmarshal(Files.readString(DEFINITION), CustomResourceDefinition.class);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + DEFINITION, e);
        }
    }
}
