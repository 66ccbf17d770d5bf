package io.metastore.server.grpc.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Attributes;
import io.grpc.Metadata;
import io.metastore.server.node.Credentials;
import org.junit.jupiter.api.Test;

class CallCredentialsTest {
    private static final Attributes CERTIFIED =
            Attributes.newBuilder().set(CallCredentials.COMMON_NAME, "alice").build();

    @Test
    void whoShowsNothingIsNobody() {
        assertThat(CallCredentials.of(Attributes.EMPTY, new Metadata())).isEqualTo(Credentials.NONE);
    }

    @Test
    void aTokenStandsInEitherFieldWithOrWithoutItsKind() {
        assertThat(of("token", "t")).isEqualTo(new Credentials.Token("t"));
        assertThat(of("authorization", "t")).isEqualTo(new Credentials.Token("t"));
        assertThat(of("authorization", "Bearer t")).isEqualTo(new Credentials.Token("t"));
        assertThat(of("token", "Bearer t")).isEqualTo(new Credentials.Token("t"));
        assertThat(of("authorization", "Basic t")).isEqualTo(new Credentials.Token("Basic t"));
    }

    @Test
    void anEmptyTokenIsATokenToo() {
        assertThat(of("token", "")).isEqualTo(new Credentials.Token(""));
    }

    @Test
    void ofTwoTheTokenCountsAndOfRepeatedOnesTheFirst() {
        var metadata = metadata("authorization", "a");
        put(metadata, "token", "first");
        put(metadata, "token", "second");

        assertThat(CallCredentials.of(CERTIFIED, metadata)).isEqualTo(new Credentials.Token("first"));
    }

    @Test
    void theNameInACertificateCountsWhenNoTokenIsShown() {
        assertThat(CallCredentials.of(CERTIFIED, new Metadata())).isEqualTo(new Credentials.CommonName("alice"));
    }

    @Test
    void theCertificateOfAGatewayIsNotThatOfItsClient() {
        assertThat(CallCredentials.of(CERTIFIED, metadata("grpcgateway-accept", "application/json")))
                .isEqualTo(Credentials.NONE);
    }

    @Test
    void noTokenIsPrinted() {
        assertThat(new Credentials.Token("secret").toString()).doesNotContain("secret");
    }

    private static Credentials of(String name, String value) {
        return CallCredentials.of(Attributes.EMPTY, metadata(name, value));
    }

    private static Metadata metadata(String name, String value) {
        var metadata = new Metadata();
        put(metadata, name, value);
        return metadata;
    }

    private static void put(Metadata metadata, String name, String value) {
        metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
    }
}
