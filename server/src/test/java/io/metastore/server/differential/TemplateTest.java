package io.metastore.server.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {
    @Test
    void variablesAreFilledAndUnknownOnesKept() {
        assertThat(Template.fill("ID: ${lease} key: \"${k}\"", Map.of("k", "a$1")))
                .isEqualTo("ID: ${lease} key: \"a$1\"");
    }

    @Test
    void aFillingRepeatsACharacter() {
        assertThat(Template.expand("\"${x*${size}}\"", Map.of("size", "4"))).isEqualTo("\"xxxx\"");
    }

    @Test
    void aRepetitionCounts() {
        assertThat(Template.expand("times(3)[put{\"k#\"}] end", Map.of()))
                .isEqualTo("put{\"k1\"} put{\"k2\"} put{\"k3\"} end");
    }

    @Test
    void aVariableWithoutValueIsAnError() {
        assertThatThrownBy(() -> Template.expand("ID: ${lease}", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("${lease}");
    }
}
