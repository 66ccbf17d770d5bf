package io.metastore.server.cli;

import io.metastore.server.config.CertificateFiles;
import io.metastore.server.config.CipherSuites;
import io.metastore.server.config.TlsConfig;
import io.metastore.server.config.TlsVersion;
import io.metastore.server.config.TransportSecurity;
import io.metastore.server.config.TransportSecurity.Allowed;
import java.util.List;

/// Reads the flags about TLS.
final class TlsConfigReader {
    private static final long MOST_YEARS = 1000;

    private final Settings settings;

    TlsConfigReader(Settings settings) {
        this.settings = settings;
    }

    TlsConfig read() {
        return new TlsConfig(
                clients(),
                peers(),
                settings.isOn("peer-skip-client-san-verification"),
                versions(),
                new CipherSuites(settings.wordList("cipher-suites")),
                settings.number("self-signed-cert-validity", 0, MOST_YEARS));
    }

    private TransportSecurity clients() {
        return new TransportSecurity(
                files("cert-file", "key-file"),
                files("client-cert-file", "client-key-file"),
                settings.text("trusted-ca-file"),
                settings.isOn("client-cert-auth"),
                settings.text("client-crl-file"),
                new Allowed(List.of(), settings.wordList("client-cert-allowed-hostname")),
                settings.isOn("auto-tls"));
    }

    private TransportSecurity peers() {
        return new TransportSecurity(
                files("peer-cert-file", "peer-key-file"),
                files("peer-client-cert-file", "peer-client-key-file"),
                settings.text("peer-trusted-ca-file"),
                settings.isOn("peer-client-cert-auth"),
                settings.text("peer-crl-file"),
                new Allowed(settings.wordList("peer-cert-allowed-cn"), settings.wordList("peer-cert-allowed-hostname")),
                settings.isOn("peer-auto-tls"));
    }

    private CertificateFiles files(String certificate, String key) {
        return new CertificateFiles(settings.text(certificate), settings.text(key));
    }

    private TlsConfig.Versions versions() {
        return new TlsConfig.Versions(
                TlsVersion.parse(settings.text("tls-min-version")).orElse(TlsVersion.TLS_1_2),
                TlsVersion.parse(settings.text("tls-max-version")).orElse(TlsVersion.TLS_1_3));
    }
}
