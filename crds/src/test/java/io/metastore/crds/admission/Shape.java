package io.metastore.crds.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Types, limits, patterns and names of fields: all of a schema but its rules. An unknown field is refused, as
/// `kubectl` asks the API server to. It knows what our schemas use; a type that it does not know is an error.
final class Shape {
    private final List<Refusal> refusals = new ArrayList<>();

    private Shape() {}

    static List<Refusal> refusals(JSONSchemaProps schema, JsonNode value, String path) {
        var shape = new Shape();
        shape.check(schema, value, path);
        return shape.refusals;
    }

    private void check(JSONSchemaProps schema, JsonNode value, String path) {
        if (!hasType(schema, value)) {
            refuse(path, "must be of type " + schema.getType());
            return;
        }
        switch (value.getNodeType()) {
            case OBJECT -> checkObject(schema, value, path);
            case ARRAY -> checkList(schema, value, path);
            case NUMBER -> checkNumber(schema, value.doubleValue(), path);
            case STRING -> checkText(schema, value.textValue(), path);
            case BOOLEAN -> {}
            case BINARY, MISSING, NULL, POJO -> refuse(path, "must have a value");
        }
        if (!schema.getEnum().isEmpty() && !schema.getEnum().contains(value)) {
            refuse(path, "must be one of " + schema.getEnum());
        }
    }

    private static boolean hasType(JSONSchemaProps schema, JsonNode value) {
        if (Boolean.TRUE.equals(schema.getXKubernetesIntOrString())) {
            return value.isIntegralNumber() || value.isTextual();
        }
        return switch (schema.getType()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            case null, default -> throw new IllegalStateException("a schema without a known type: " + schema);
        };
    }

    private void checkObject(JSONSchemaProps schema, JsonNode object, String path) {
        if (schema.getMaxProperties() != null && object.size() > schema.getMaxProperties()) {
            refuse(path, "must have at most " + schema.getMaxProperties() + " fields");
        }
        for (var required : schema.getRequired()) {
            if (!object.has(required)) {
                refuse(Walk.join(path, required), "is required");
            }
        }
        object.properties().forEach(field -> {
            var inner = Walk.join(path, field.getKey());
            Walk.schemaOf(schema, field.getKey())
                    .ifPresentOrElse(found -> check(found, field.getValue(), inner), () -> {
                        if (!Boolean.TRUE.equals(schema.getXKubernetesPreserveUnknownFields())) {
                            refuse(inner, "is not known");
                        }
                    });
        });
    }

    private void checkList(JSONSchemaProps schema, JsonNode list, String path) {
        if (schema.getMaxItems() != null && list.size() > schema.getMaxItems()) {
            refuse(path, "must have at most " + schema.getMaxItems() + " items");
        }
        for (int i = 0; i < list.size(); i++) {
            check(schema.getItems().getSchema(), list.get(i), path + "[" + i + "]");
        }
    }

    private void checkNumber(JSONSchemaProps schema, double number, String path) {
        if (schema.getMinimum() != null && number < schema.getMinimum()) {
            refuse(path, "must be at least " + schema.getMinimum());
        }
        if (schema.getMaximum() != null && number > schema.getMaximum()) {
            refuse(path, "must be at most " + schema.getMaximum());
        }
    }

    private void checkText(JSONSchemaProps schema, String text, String path) {
        if (schema.getMaxLength() != null && text.codePointCount(0, text.length()) > schema.getMaxLength()) {
            refuse(path, "must have at most " + schema.getMaxLength() + " characters");
        }
        if (schema.getPattern() != null
                && !Pattern.compile(schema.getPattern()).matcher(text).find()) {
            refuse(path, "must match " + schema.getPattern());
        }
    }

    private void refuse(String path, String message) {
        refusals.add(new Refusal(path, message));
    }
}
