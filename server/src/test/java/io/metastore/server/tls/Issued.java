package io.metastore.server.tls;

import io.metastore.server.config.CertificateFiles;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.util.io.pem.PemObject;

/// A certificate of a test, with its key.
public record Issued(X509Certificate certificate, KeyPair pair) {
    /// For its files: another one for each certificate, whoever signed it.
    public String uniqueName() {
        return Integer.toHexString(certificate.hashCode());
    }

    /// Writes both, in place of what was there.
    public CertificateFiles write(Path directory, String name) {
        var certificateFile = directory.resolve(name + ".crt");
        var keyFile = directory.resolve(name + ".key");
        write(certificateFile, certificate);
        write(keyFile, pair.getPrivate());
        return new CertificateFiles(certificateFile.toString(), keyFile.toString());
    }

    /// In PEM; a key in the older of its shapes. As a move, so that nobody sees half of it.
    static Path write(Path file, Object what) {
        try {
            var text = new StringWriter();
            try (var pem = new JcaPEMWriter(text)) {
                pem.writeObject(what instanceof ECPrivateKey key ? asOpensslWrites(key) : what);
            }
            var fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(fresh, text.toString());
            return Files.move(fresh, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// With its curve, which Java leaves to the outside.
    private static PemObject asOpensslWrites(ECPrivateKey key) throws IOException {
        var outside = PrivateKeyInfo.getInstance(key.getEncoded());
        var bits = key.getParams().getOrder().bitLength();
        var inside = new org.bouncycastle.asn1.sec.ECPrivateKey(
                bits, key.getS(), outside.getPrivateKeyAlgorithm().getParameters());
        return new PemObject("EC PRIVATE KEY", inside.getEncoded());
    }
}
