package io.metastore.server.tls;

import io.metastore.server.config.CertificateFiles;
import io.metastore.server.config.TlsConfig;
import io.metastore.server.config.TransportSecurity;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// TLS on the side of those who connect. Whoever uses it says which host is meant.
public final class ClientTls {
    private final X509ExtendedKeyManager keys;
    private final X509ExtendedTrustManager trust;
    private final Parameters parameters;

    private ClientTls(X509ExtendedKeyManager keys, X509ExtendedTrustManager trust, Parameters parameters) {
        this.keys = keys;
        this.trust = trust;
        this.parameters = parameters;
    }

    /// @param trustsEverybody whether the others may show what nobody signed
    /// @throws io.metastore.server.config.ConfigException when a file cannot be used
    static ClientTls open(TransportSecurity security, TlsConfig config, boolean trustsEverybody) {
        var shown = security.outgoing().isNone() ? security.own() : security.outgoing();
        return new ClientTls(
                new FilesKeyManager(shown),
                trustsEverybody ? new SelfMadePeers() : new FilesTrustManager(Trust.of(security), false),
                Parameters.of(config));
    }

    /// Shows the certificate in these files to servers that ask for one.
    ///
    /// @throws io.metastore.server.config.ConfigException when they cannot be used
    public static X509ExtendedKeyManager showing(CertificateFiles files) {
        return new FilesKeyManager(files);
    }

    /// Accepts whatever a server shows; for those who asked for it.
    public static X509ExtendedTrustManager trustingEverybody() {
        return new SelfMadePeers();
    }

    public SSLContext context() {
        return Parameters.context(new X509ExtendedKeyManager[] {keys}, new X509ExtendedTrustManager[] {trust});
    }

    public X509ExtendedKeyManager keys() {
        return keys;
    }

    public X509ExtendedTrustManager trust() {
        return trust;
    }

    public List<String> protocols() {
        return parameters.protocols();
    }

    public List<String> suites() {
        return parameters.suites();
    }
}
