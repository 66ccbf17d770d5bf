package io.metastore.server.tls;

import io.metastore.server.config.TransportSecurity;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Whom the files say to trust: authorities, without certificates that were revoked, and of the rest those that are
/// allowed.
record Trust(X509ExtendedTrustManager authorities, Revocations revocations, TransportSecurity.Allowed allowed) {

    /// Read again whenever one of the files changes.
    static Reloaded<Trust> of(TransportSecurity security) {
        var files = Stream.of(security.trustedCa(), security.revocations())
                .filter(file -> !file.isEmpty())
                .toList();
        return Reloaded.of(
                files,
                () -> new Trust(
                        authorities(security.trustedCa()),
                        security.revocations().isEmpty()
                                ? Revocations.NONE
                                : Revocations.read(Path.of(security.revocations())),
                        security.allowed()));
    }

    /// @throws CertificateException in the words of Go, when the certificate is not among those that are allowed
    void checkAllowed(SubjectNames names) throws CertificateException {
        boolean anybody = allowed.names().isEmpty() && allowed.hosts().isEmpty();
        if (!anybody
                && !allowed.names().contains(names.commonName())
                && allowed.hosts().stream().noneMatch(names::covers)) {
            throw new CertificateException("client certificate authentication failed");
        }
    }

    private static X509ExtendedTrustManager authorities(String file) {
        try {
            var factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(file.isEmpty() ? null : store(Certificates.read(Path.of(file))));
            return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException | IOException e) {
            throw Pem.failed("the certificates in " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static @Nullable KeyStore store(List<X509Certificate> certificates)
            throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (int i = 0; i < certificates.size(); i++) {
            store.setCertificateEntry("authority-" + i, certificates.get(i));
        }
        return store;
    }
}
