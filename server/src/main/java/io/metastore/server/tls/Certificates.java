package io.metastore.server.tls;

import io.metastore.server.config.ConfigException;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/// Certificates in a PEM file.
final class Certificates {
    private Certificates() {}

    /// All of them, in the file's order.
    ///
    /// @throws ConfigException when there is none, or one is damaged
    static List<X509Certificate> read(Path file) {
        var blocks = Pem.read(file);
        var certificates = blocks.stream()
                .filter(block -> block.type().equals("CERTIFICATE"))
                .map(block -> certificate(file, block.der()))
                .toList();
        if (certificates.isEmpty()) {
            throw new ConfigException(
                    file + " holds no certificate (a block \"CERTIFICATE\")" + PrivateKeys.found(blocks));
        }
        return certificates;
    }

    private static X509Certificate certificate(Path file, byte[] der) {
        try {
            return (X509Certificate) factory().generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw Pem.failed("a certificate in " + file + " is damaged: " + e.getMessage(), e);
        }
    }

    static CertificateFactory factory() {
        try {
            return CertificateFactory.getInstance("X.509");
        } catch (CertificateException e) {
            throw new IllegalStateException("every Java platform has X.509", e);
        }
    }
}
