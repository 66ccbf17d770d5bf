package io.metastore.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final Metadata.Key<String> HAS_LEADER =
            Metadata.Key.of("hasleader", Metadata.ASCII_STRING_MARSHALLER);

    @Test
    void aVersionOfTheClientMustBeUtf8() {
        assertThat(Admission.hasBrokenVersion(version("3.7".getBytes(StandardCharsets.US_ASCII))))
                .isFalse();
        assertThat(Admission.hasBrokenVersion(version("\u00fc".getBytes(StandardCharsets.UTF_8))))
                .isFalse();
        assertThat(Admission.hasBrokenVersion(version(new byte[] {'3', (byte) 0xff})))
                .isTrue();
        assertThat(Admission.hasBrokenVersion(new Metadata())).isFalse();
    }

    @Test
    void onlyTheFirstWordAboutTheLeaderCounts() {
        assertThat(Admission.requiresLeader(leader("true", "false"))).isTrue();
        assertThat(Admission.requiresLeader(leader("false", "true"))).isFalse();
        assertThat(Admission.requiresLeader(leader("1"))).isFalse();
        assertThat(Admission.requiresLeader(new Metadata())).isFalse();
    }

    private static Metadata version(byte[] text) {
        var metadata = new Metadata();
        metadata.put(Admission.API_VERSION, text);
        return metadata;
    }

    private static Metadata leader(String... words) {
        var metadata = new Metadata();
        for (var word : words) {
            metadata.put(HAS_LEADER, word);
        }
        return metadata;
    }
}
