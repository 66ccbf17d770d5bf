package io.metastore.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnknownMethodsTest {
    private final UnknownMethods methods = new UnknownMethods(Set.of("etcdserverpb.KV"));

    @ParameterizedTest
    @CsvSource({
        "etcdserverpb.KV/Foo, unknown method Foo for service etcdserverpb.KV",
        "etcdserverpb.Auth/AuthEnable, unknown service etcdserverpb.Auth",
        "a/b/C, unknown service a/b",
    })
    void theTextIsTheOneOfGrpcGo(String method, String text) {
        assertThat(methods.text(method)).isEqualTo(text);
        assertThat(methods.lookupMethod(method, null).getMethodDescriptor().getFullMethodName())
                .isEqualTo(method);
    }
}
