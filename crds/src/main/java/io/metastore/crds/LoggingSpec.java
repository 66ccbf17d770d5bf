package io.metastore.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/// What members log.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LoggingSpec(
        @Default("info") @JsonPropertyDescription("From which level on.")
        Level level,

        @Default("json") @JsonPropertyDescription("Shape of the lines.")
        Format format) {
    /// Levels of the server's flag log-level.
    public enum Level {
        @JsonProperty("debug")
        DEBUG,
        @JsonProperty("info")
        INFO,
        @JsonProperty("warn")
        WARN,
        @JsonProperty("error")
        ERROR
    }
    /// Shapes of the server's flag log-format.
    public enum Format {
        @JsonProperty("json")
        JSON,
        @JsonProperty("console")
        CONSOLE
    }
}
