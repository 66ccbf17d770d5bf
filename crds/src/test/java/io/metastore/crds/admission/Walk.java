package io.metastore.crds.admission;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.HashMap;
import java.util.Optional;
import java.util.function.BiConsumer;

/// From a schema to those of its fields, values and items.
public final class Walk {
    private Walk() {}

    /// Shows each schema with its path. An item of a list is its first one, a value of a map has the name `*`.
    public static void each(JSONSchemaProps schema, BiConsumer<String, JSONSchemaProps> seen) {
        each("", schema, seen);
    }

    /// The schema at a path such as `spec.storage`.
    public static JSONSchemaProps at(JSONSchemaProps schema, String path) {
        var found = new HashMap<String, JSONSchemaProps>();
        each(schema, found::put);
        return Optional.ofNullable(found.get(path)).orElseThrow(() -> new IllegalArgumentException("no " + path));
    }

    private static void each(String path, JSONSchemaProps schema, BiConsumer<String, JSONSchemaProps> seen) {
        seen.accept(path, schema);
        schema.getProperties().forEach((name, property) -> each(join(path, name), property, seen));
        if (schema.getItems() != null) {
            each(path + "[0]", schema.getItems().getSchema(), seen);
        }
        valuesOf(schema).ifPresent(values -> each(join(path, "*"), values, seen));
    }

    /// Of a field by its name, or of the values of a map.
    static Optional<JSONSchemaProps> schemaOf(JSONSchemaProps schema, String name) {
        return Optional.ofNullable(schema.getProperties().get(name)).or(() -> valuesOf(schema));
    }

    static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static Optional<JSONSchemaProps> valuesOf(JSONSchemaProps schema) {
        return Optional.ofNullable(schema.getAdditionalProperties()).map(values -> values.getSchema());
    }
}
