package io.metastore.server.tls;

import io.metastore.server.config.CertificateFiles;
import io.metastore.server.config.CipherSuites;
import io.metastore.server.config.TlsConfig;
import io.metastore.server.config.TlsVersion;
import io.metastore.server.config.TransportSecurity;
import io.metastore.server.config.TransportSecurity.Allowed;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;

/// Settings for tests, and clients as they might come.
public final class TestSecurity {
    private TestSecurity() {}

    /// A certificate, and whom to ask for one.
    public static TransportSecurity mutual(CertificateFiles own, String authority) {
        return mutual(own, authority, "", Allowed.everybody());
    }

    public static TransportSecurity mutual(
            CertificateFiles own, String authority, String revocations, Allowed allowed) {
        return new TransportSecurity(own, CertificateFiles.NONE, authority, true, revocations, allowed, false);
    }

    public static TransportSecurity oneSided(CertificateFiles own) {
        return new TransportSecurity(own, CertificateFiles.NONE, "", false, "", Allowed.everybody(), false);
    }

    static TlsConfig versions(TlsVersion lowest, TlsVersion highest, String... suites) {
        var none = TlsConfig.none();
        return new TlsConfig(
                none.clients(),
                none.peers(),
                false,
                new TlsConfig.Versions(lowest, highest),
                new CipherSuites(List.of(suites)),
                1);
    }

    /// The server's side, which takes callers from anywhere.
    public static ServerTls server(TransportSecurity security) {
        return ServerTls.open(security, TlsConfig.none(), false);
    }

    public static ClientTls client(TransportSecurity security) {
        return ClientTls.open(security, TlsConfig.none(), false);
    }

    static SSLEngine connecting(ClientTls tls) {
        var engine = tls.context().createSSLEngine("localhost", 2379);
        engine.setUseClientMode(true);
        var parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        return engine;
    }

    static InetSocketAddress caller() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);
    }

    /// Trusts an authority, and shows nothing.
    public static SSLContext trusting(String authority) {
        var security = new TransportSecurity(
                CertificateFiles.NONE, CertificateFiles.NONE, authority, false, "", Allowed.everybody(), false);
        return Parameters.context(null, new TrustManager[] {new FilesTrustManager(Trust.of(security), false)});
    }
}
