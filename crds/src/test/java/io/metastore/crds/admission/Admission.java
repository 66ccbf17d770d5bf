package io.metastore.crds.admission;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Fills in defaults, checks types and limits, and evaluates rules: all by the file that users apply.
public final class Admission {
    /// CEL knows integers of 64 bits only.
    private static final ObjectReader PLAIN =
            new ObjectMapper().readerFor(Object.class).with(DeserializationFeature.USE_LONG_FOR_INTS);

    private final JSONSchemaProps schema;
    private final Map<String, CelRule> compiled = new HashMap<>();

    public Admission(CustomResourceDefinition crd) {
        this.schema = crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
    }

    /// A copy with every default filled in. A default inside an object applies only where that object is.
    public ObjectNode withDefaults(ObjectNode resource) {
        return Defaults.filled(schema, resource);
    }

    /// Why `resource` is not created; nothing when it is.
    public List<Refusal> refusals(ObjectNode resource) {
        return refusals(resource, Optional.empty());
    }

    /// Why `resource` does not take the place of `old`; nothing when it does.
    public List<Refusal> refusals(ObjectNode resource, ObjectNode old) {
        return refusals(resource, Optional.of(old));
    }

    /// Every rule, by what a refusal of it would be.
    public Map<Refusal, ValidationRule> rules() {
        var rules = new HashMap<Refusal, ValidationRule>();
        Walk.each(
                schema,
                (path, part) -> part.getXKubernetesValidations().forEach(rule -> {
                    if (rules.put(refusal(path, rule), rule) != null) {
                        throw new IllegalStateException("two rules that cannot be told apart: " + rule);
                    }
                }));
        return rules;
    }

    /// Rules see only what has the right shape, here as there.
    private List<Refusal> refusals(ObjectNode resource, Optional<ObjectNode> old) {
        var filled = withDefaults(resource);
        var shape = new ArrayList<Refusal>();
        filled.properties()
                .forEach(part -> Walk.schemaOf(schema, part.getKey())
                        .ifPresent(known -> shape.addAll(Shape.refusals(known, part.getValue(), part.getKey()))));
        if (!shape.isEmpty()) {
            return shape;
        }
        var refusals = new ArrayList<Refusal>();
        checkRules(
                schema,
                "",
                new Change(plain(filled), old.map(this::withDefaults).map(Admission::plain)),
                refusals);
        return refusals;
    }

    /// What a part is, and was if it was there before.
    private record Change(Object value, Optional<Object> old) {
        Change of(Object field, Object value) {
            return new Change(value, old.filter(Map.class::isInstance).map(before -> ((Map<?, ?>) before).get(field)));
        }
    }

    /// A rule of a field does not run where the field is absent, and one about a change only where it was there before;
    /// so neither notices that a field was taken away or added. Items of lists have no before.
    private void checkRules(JSONSchemaProps schema, String path, Change change, List<Refusal> refusals) {
        for (var rule : schema.getXKubernetesValidations()) {
            var cel = compiled.computeIfAbsent(rule.getRule(), CelRule::compile);
            var applies = change.old().isPresent() || !cel.isAboutChange();
            if (applies && !cel.accepts(change.value(), change.old().orElse(change.value()))) {
                refusals.add(refusal(path, rule));
            }
        }
        switch (change.value()) {
            case Map<?, ?> fields ->
                fields.forEach((name, value) -> Walk.schemaOf(schema, name.toString())
                        .ifPresent(found ->
                                checkRules(found, Walk.join(path, name.toString()), change.of(name, value), refusals)));
            case List<?> items -> {
                for (int i = 0; i < items.size(); i++) {
                    var item = new Change(items.get(i), Optional.empty());
                    checkRules(schema.getItems().getSchema(), path + "[" + i + "]", item, refusals);
                }
            }
            default -> {}
        }
    }

    private static Refusal refusal(String path, ValidationRule rule) {
        return new Refusal(path + Optional.ofNullable(rule.getFieldPath()).orElse(""), rule.getMessage());
    }

    private static Object plain(JsonNode node) {
        try {
            return PLAIN.readValue(node);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + node, e);
        }
    }
}
