package io.metastore.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.config.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevocationsTest {
    private final TestAuthority authority = new TestAuthority("authority");
    private final Issued alice = authority.issue("alice");

    @TempDir
    Path directory = Path.of("");

    @Test
    void aListIsReadInBothEncodings() throws Exception {
        var list = authority.revoking(alice);
        var pem = Path.of(authority.writeRevoking(directory, alice));
        var der = Files.write(directory.resolve("der"), list.getEncoded());

        assertThat(Revocations.read(der)).isEqualTo(Revocations.read(pem));
        assertThat(Revocations.read(der).serials())
                .containsExactly(alice.certificate().getSerialNumber());
    }

    @Test
    void anEmptyListRevokesNobody() throws Exception {
        Revocations.read(Path.of(authority.writeRevoking(directory))).check(alice.certificate());
    }

    @Test
    void theSerialNumberIsTold() {
        var revocations = Revocations.read(Path.of(authority.writeRevoking(directory, alice)));

        assertThatThrownBy(() -> revocations.check(authority.issue("bob").certificate(), alice.certificate()))
                .isInstanceOf(CertificateException.class)
                .hasMessage("transport: certificate serial 03 revoked");
    }

    @Test
    void anotherFileIsRefusedByName() throws Exception {
        var file = Files.writeString(directory.resolve("other"), "no list");

        assertThatThrownBy(() -> Revocations.read(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(file + " holds no certificate revocation list");
    }
}
