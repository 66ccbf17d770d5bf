package io.metastore.crds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.metastore.crds.admission.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The examples in files: a file for each rule, one for all limits, and those that users copy.
final class Examples {
    private static final Path RESOURCES = Path.of("src", "test", "resources");
    private static final Path FOR_USERS = Path.of("..", "docs", "examples");

    private Examples() {}

    /// What a rule accepts, and what it alone refuses.
    record OfRule(Refusal refusal, List<Example> accepted, List<Example> refused) {
        @Override
        public String toString() {
            return refusal.field() + ": " + refusal.message();
        }
    }

    /// What is refused because of one field, without a rule.
    record OfLimit(String field, Example refused) {}

    static Stream<OfRule> ofRules() {
        return files(RESOURCES.resolve("rules"))
                .map(Examples::read)
                .map(file -> new OfRule(
                        new Refusal(
                                file.get("field").asText(), file.get("message").asText()),
                        items(file.get("accepted")).map(Example::of).toList(),
                        items(file.get("refused")).map(Example::of).toList()));
    }

    static Stream<OfLimit> ofLimits() {
        return items(read(RESOURCES.resolve("limits.yaml")))
                .map(limit -> new OfLimit(limit.get("field").asText(), Example.of(limit)));
    }

    static Stream<Path> forUsers() {
        return files(FOR_USERS);
    }

    /// A spec that says nothing but the version, as it is stored.
    static JsonNode defaults() {
        return read(RESOURCES.resolve("defaults.yaml"));
    }

    /// A status in which every field has a value.
    static JsonNode wholeStatus() {
        return read(RESOURCES.resolve("status.yaml"));
    }

    static ObjectNode resource(Path file) {
        return (ObjectNode) read(file);
    }

    private static Stream<JsonNode> items(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static Stream<Path> files(Path directory) {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return Example.YAML.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
