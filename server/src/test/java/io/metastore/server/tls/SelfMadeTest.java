package io.metastore.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.config.CertificateFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfMadeTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final SelfMade selfMade = new SelfMade(Clock.fixed(NOW, ZoneOffset.UTC));

    @TempDir
    Path directory = Path.of("");

    @Test
    void aCertificateHasTheHostsAndTheYearsThatWereAskedFor() throws Exception {
        var made = make(3);
        var certificate = made.chain().getFirst();

        assertThat(SubjectNames.of(certificate).dnsNames()).containsExactly("localhost");
        assertThat(SubjectNames.of(certificate).covers("127.0.0.1")).isTrue();
        assertThat(certificate.getNotBefore().toInstant()).isEqualTo(NOW);
        assertThat(certificate.getNotAfter().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(3 * 365)));
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("O=etcd");
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    }

    @Test
    void itIsKeptAndOnlyItsOwnerReadsTheKey() throws Exception {
        assertThat(make(1)).isEqualTo(make(1));
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(fixtures().resolve("key.pem"))))
                .isEqualTo("rw-------");
    }

    @Test
    void itIsMadeAnewWhenHalfOfItIsMissing() throws Exception {
        var first = make(1);
        Files.delete(fixtures().resolve("key.pem"));

        assertThat(make(1)).isNotEqualTo(first);
    }

    private KeyMaterial make(long years) throws Exception {
        CertificateFiles files = selfMade.in(fixtures(), List.of("localhost", "127.0.0.1"), years);
        return KeyMaterial.read(files);
    }

    private Path fixtures() {
        return directory.resolve("fixtures", "client");
    }
}
