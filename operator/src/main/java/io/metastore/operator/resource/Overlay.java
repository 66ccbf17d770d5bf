package io.metastore.operator.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Lays what the operator sets over what the user asked for besides: objects field by field, lists of
/// named things by their names, anything else as the operator has it.
///
///     user     {containers: [{name: metastore, env: [{name: A}]}, {name: sidecar}], dnsPolicy: None}
///     operator {containers: [{name: metastore, env: [{name: B}]}]}
///     both     {containers: [{name: metastore, env: [{name: A}, {name: B}]}, {name: sidecar}], dnsPolicy: None}
final class Overlay {
    private Overlay() {}

    static JsonNode merge(JsonNode user, JsonNode operator) {
        if (user instanceof ObjectNode fields && operator instanceof ObjectNode over) {
            var merged = fields.deepCopy();
            over.properties()
                    .forEach(field -> merged.set(
                            field.getKey(),
                            merged.has(field.getKey())
                                    ? merge(merged.get(field.getKey()), field.getValue())
                                    : field.getValue()));
            return merged;
        }
        if (user instanceof ArrayNode items && operator instanceof ArrayNode over && isNamed(items) && isNamed(over)) {
            return byName(items, over);
        }
        return operator;
    }

    private static boolean isNamed(ArrayNode items) {
        for (var item : items) {
            if (!item.has("name")) {
                return false;
            }
        }
        return true;
    }

    private static ArrayNode byName(ArrayNode user, ArrayNode operator) {
        var merged = user.deepCopy();
        for (var item : operator) {
            int place = place(merged, item.get("name"));
            if (place < 0) {
                merged.add(item);
            } else {
                merged.set(place, merge(merged.get(place), item));
            }
        }
        return merged;
    }

    private static int place(ArrayNode items, JsonNode name) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).get("name").equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
