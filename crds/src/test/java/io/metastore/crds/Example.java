package io.metastore.crds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Optional;

/// A cluster that is created, or changed from what it was before.
///
/// @param text what it is in the file, to find it there
record Example(String text, ObjectNode resource, Optional<ObjectNode> before) {
    static final YAMLMapper YAML = new YAMLMapper();

    /// From the fields `name`, `spec` and `before`; each may be absent.
    static Example of(JsonNode node) {
        var name = node.path("name").asText("demo");
        var before = Optional.ofNullable(node.get("before")).map(spec -> cluster(name, spec));
        return new Example(node.toString(), cluster(name, node.path("spec")), before);
    }

    /// A version is in every spec.
    private static ObjectNode cluster(String name, JsonNode spec) {
        var cluster = YAML.createObjectNode()
                .put("apiVersion", "metastore.io/v1alpha1")
                .put("kind", "MetaStoreCluster");
        cluster.putObject("metadata").put("name", name);
        var whole = cluster.putObject("spec").put("version", "1.0.0");
        spec.properties().forEach(field -> whole.set(field.getKey(), field.getValue()));
        return cluster;
    }

    @Override
    public String toString() {
        return text;
    }
}
