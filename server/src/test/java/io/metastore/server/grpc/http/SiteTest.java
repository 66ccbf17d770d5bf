package io.metastore.server.grpc.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteTest {
    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/health, /health",
        "/v3/, /v3/",
        "//health, /health",
        "/v3//kv/./put, /v3/kv/put",
        "/health/../version, /version",
        "/../.., /",
        "/a/b/../, /a/",
        "'', /",
    })
    void aPathIsCleanedAsGoDoesIt(String path, String clean) {
        assertThat(Site.clean(path)).isEqualTo(clean);
    }

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
