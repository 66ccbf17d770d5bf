package io.metastore.server.tls;

import io.metastore.server.config.CertificateFiles;
import io.metastore.server.config.ConfigException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/// What a member proves its identity with.
///
/// @param chain its own certificate first
record KeyMaterial(List<X509Certificate> chain, PrivateKey key) {
    private static final byte[] PROBE = "metastore".getBytes(StandardCharsets.US_ASCII);

    /// @throws ConfigException when a file cannot be used, or they do not belong together
    static KeyMaterial read(CertificateFiles files) {
        var chain = Certificates.read(Path.of(files.certificate()));
        var key = PrivateKeys.read(Path.of(files.key()));
        if (!belongTogether(chain.getFirst(), key)) {
            throw new ConfigException("tls: private key does not match public key (" + files.key() + ", "
                    + files.certificate() + "): the certificate that belongs to the key comes first in its file");
        }
        return new KeyMaterial(chain, key);
    }

    private static boolean belongTogether(X509Certificate certificate, PrivateKey key) {
        var algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "EdDSA";
        };
        try {
            var signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(PROBE);
            var signature = signing.sign();
            signing.initVerify(certificate.getPublicKey());
            signing.update(PROBE);
            return signing.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // they are not even of the same kind
        }
    }
}
