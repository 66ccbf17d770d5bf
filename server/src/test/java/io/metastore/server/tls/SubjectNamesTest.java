package io.metastore.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectNamesTest {
    private final TestAuthority authority = new TestAuthority("authority");

    /// As Go's `VerifyHostname` decides.
    @ParameterizedTest
    @CsvSource({
        "a.example, a.example, true",
        "a.example, A.Example, true",
        "a.example, a.example., true",
        "a.example, b.example, false",
        "*.example, a.example, true",
        "*.example, a.b.example, false",
        "*.example, example, false",
        "*, a, false",
        "10.0.0.1, 10.0.0.1, true",
        "10.0.0.1, 10.0.0.2, false",
        "::1, ::1, true",
        "::1, [::1], true",
        "a.example, 10.0.0.1, false",
        "10.0.0.1, a.example, false"
    })
    void aNameCoversAHost(String name, String host, boolean covered) {
        assertThat(names("x", List.of(name)).covers(host)).isEqualTo(covered);
    }

    @Test
    void theCommonNameDoesNotCountAsAHost() {
        var names = names("a.example", List.of());

        assertThat(names.commonName()).isEqualTo("a.example");
        assertThat(names.covers("a.example")).isFalse();
    }

    private SubjectNames names(String commonName, List<String> hosts) {
        return SubjectNames.of(authority.issue(commonName, hosts).certificate());
    }
}
