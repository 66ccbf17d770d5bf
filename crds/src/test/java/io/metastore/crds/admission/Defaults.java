package io.metastore.crds.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;

/// The defaults of a schema.
public final class Defaults {
    private Defaults() {}

    /// A copy with every default filled in. A default inside an object applies only where that object is.
    public static ObjectNode filled(JSONSchemaProps schema, ObjectNode object) {
        var copy = object.deepCopy();
        fill(schema, copy);
        return copy;
    }

    private static void fill(JSONSchemaProps schema, JsonNode value) {
        switch (value) {
            case ObjectNode object -> {
                schema.getProperties().forEach((name, property) -> {
                    if (!object.has(name) && property.getDefault() != null) {
                        object.set(name, property.getDefault().deepCopy());
                    }
                });
                object.properties()
                        .forEach(field -> Walk.schemaOf(schema, field.getKey())
                                .ifPresent(found -> fill(found, field.getValue())));
            }
            case ArrayNode list -> list.forEach(item -> fill(schema.getItems().getSchema(), item));
            default -> {}
        }
    }
}
