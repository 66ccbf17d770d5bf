package io.metastore.server.tls;

import io.metastore.server.config.ConfigException;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Certificates that are not to be accepted any more: as in etcd the serial numbers in a list count, whoever signed
/// it, and for how long it is valid.
record Revocations(Set<BigInteger> serials) {
    static final Revocations NONE = new Revocations(Set.of());

    /// DER, which is all that etcd reads, or PEM.
    ///
    /// @throws ConfigException when the file holds no list
    static Revocations read(Path file) {
        var bytes = Pem.bytes(file);
        try {
            var list = (X509CRL) Certificates.factory().generateCRL(new ByteArrayInputStream(bytes));
            // No list of entries at all when nothing was revoked.
            var entries = Stream.ofNullable(list.getRevokedCertificates()).flatMap(Set::stream);
            return new Revocations(entries.map(entry -> entry.getSerialNumber()).collect(Collectors.toSet()));
        } catch (CRLException e) {
            throw Pem.failed(file + " holds no certificate revocation list: " + e.getMessage(), e);
        }
    }

    /// @throws CertificateException in etcd's words, when one of them is in the list
    void check(X509Certificate... chain) throws CertificateException {
        for (var certificate : chain) {
            if (serials.contains(certificate.getSerialNumber())) {
                var hex = certificate.getSerialNumber().toString(16);
                var bytes = hex.length() % 2 == 0 ? hex : "0" + hex;
                throw new CertificateException("transport: certificate serial " + bytes + " revoked");
            }
        }
    }
}
