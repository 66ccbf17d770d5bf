package io.metastore.server.grpc.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EtcdSiteTest {
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
        assertThat(EtcdSite.clean(path)).isEqualTo(clean);
    }
}
