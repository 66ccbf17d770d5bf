package io.metastore.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.config.CertificateFiles;
import io.metastore.server.config.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeysTest {
    @TempDir
    Path directory = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void aKeyIsReadInEachOfItsShapes(String kind) throws Exception {
        var pair = newPair(kind);
        var older = Issued.write(directory.resolve("older"), pair.getPrivate());
        var newer = Issued.write(directory.resolve("newer"), new JcaPKCS8Generator(pair.getPrivate(), null));

        assertThat(Files.readString(newer)).contains("-----BEGIN PRIVATE KEY-----");
        assertThat(PrivateKeys.read(older)).isEqualTo(pair.getPrivate());
        assertThat(PrivateKeys.read(newer)).isEqualTo(pair.getPrivate());
    }

    @Test
    void textAndOtherBlocksAroundAKeyAreSkipped() throws Exception {
        var pair = TestAuthority.newPair();
        var file = Issued.write(directory.resolve("key"), pair.getPrivate());
        Files.writeString(
                file,
                "Bag Attributes - none\n-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
                        + Files.readString(file));

        assertThat(PrivateKeys.read(file)).isEqualTo(pair.getPrivate());
    }

    @Test
    void whatCannotBeUsedIsNamedWithTheWayOut() throws Exception {
        var file = directory.resolve("key.pem");
        refused(file, "open " + file + ": no such file or directory");
        Files.writeString(file, "");
        refused(file, file + " holds no private key", "is it a PEM file?");
        Files.writeString(file, block("CERTIFICATE", "AAAA"));
        refused(file, file + " holds no private key", "only \"CERTIFICATE\"");
        Files.writeString(file, block("ENCRYPTED PRIVATE KEY", "AAAA"));
        refused(file, file.toString(), "protected by a password", "openssl pkey");
        Files.writeString(file, block("RSA PRIVATE KEY", "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES\n\nAAAA"));
        refused(file, file.toString(), "protected by a password");
        Files.writeString(file, block("EC PRIVATE KEY", "AAAA"));
        refused(file, file.toString(), "damaged");
        Files.writeString(file, block("PRIVATE KEY", "AAAA"));
        refused(file, file.toString(), "damaged");
    }

    @Test
    void aKeyThatBelongsToAnotherCertificateIsRefused() {
        var authority = new TestAuthority("authority");
        var one = authority.issue("one").write(directory, "one");
        var two = authority.issue("two").write(directory, "two");

        assertThatThrownBy(() -> KeyMaterial.read(new CertificateFiles(one.certificate(), two.key())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("tls: private key does not match public key")
                .hasMessageContaining(two.key());
        assertThat(KeyMaterial.read(one).chain()).hasSize(1);
    }

    private static void refused(Path file, String... texts) {
        assertThatThrownBy(() -> PrivateKeys.read(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(texts);
    }

    private static String block(String type, String body) {
        return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    }

    private static KeyPair newPair(String kind) throws Exception {
        return kind.equals("EC")
                ? TestAuthority.newPair()
                : KeyPairGenerator.getInstance(kind).generateKeyPair();
    }
}
