package io.metastore.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTest {
    @ParameterizedTest
    @CsvSource({
        "a.example, a.example",
        "a.example:2379, a.example",
        "127.0.0.1:1, 127.0.0.1",
        "[::1]:2379, ::1",
        "[::1], [::1]",
        "::1, ::1",
        "a:b:c, a:b:c",
        "'', ''",
    })
    void aHostIsKnownWithoutItsPort(String host, String name) {
        assertThat(Access.hostname(host)).isEqualTo(name);
    }
}
