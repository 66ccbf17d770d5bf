package io.metastore.server.config;

import java.util.List;
import java.util.stream.Stream;

/// How connections are secured.
///
/// @param clients those of clients to this member
/// @param peers those between members
/// @param skipPeerAddressCheck do not compare the address a member comes from with the names in its certificate
/// @param suites which are allowed; of TLS 1.2 only
/// @param selfMadeYears how long a certificate is valid that this member makes itself
public record TlsConfig(
        TransportSecurity clients,
        TransportSecurity peers,
        boolean skipPeerAddressCheck,
        Versions versions,
        CipherSuites suites,
        long selfMadeYears) {

    public TlsConfig {
        if (versions.lowest() == TlsVersion.TLS_1_3 && !suites.names().isEmpty()) {
            throw new ConfigException("cipher suites cannot be configured when only TLS1.3 is enabled");
        }
    }

    /// Nothing is secured, nor could it be: there are no certificates.
    public static TlsConfig none() {
        return new TlsConfig(
                TransportSecurity.none(),
                TransportSecurity.none(),
                false,
                new Versions(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3),
                new CipherSuites(List.of()),
                1);
    }

    /// The range that is spoken.
    public record Versions(TlsVersion lowest, TlsVersion highest) {
        public Versions {
            if (lowest.compareTo(highest) > 0) {
                throw new ConfigException(
                        "min version (" + lowest.text() + ") is greater than max version (" + highest.text() + ")");
            }
        }
    }

    /// What these settings and the URLs demand of each other, in etcd's order and words.
    void check(ListenerConfig listeners, HttpConfig http) {
        checkPeers(listeners);
        checkSelfMade(clients);
        var urls = Stream.of(listeners.clientUrls(), http.urls(), http.restUrls(), http.metricsUrls())
                .flatMap(List::stream)
                .filter(Url::isSecure)
                .toList();
        if (!urls.isEmpty()) {
            checkClients(urls.getFirst());
        }
    }

    private void checkPeers(ListenerConfig listeners) {
        checkSelfMade(peers);
        if (!peers.own().isNone()) {
            peers.check();
        }
        for (var url : listeners.peerUrls()) {
            if (url.isSecure() && peers.own().isNone() && !peers.automatic()) {
                throw new ConfigException(
                        "cannot listen on TLS for " + url.authority() + ": KeyFile and CertFile are not presented");
            }
        }
        boolean secure = listeners.peerUrls().getFirst().isSecure();
        for (var url : listeners.advertisedPeerUrls()) {
            if (url.isSecure() != secure) {
                throw new ConfigException(
                        "--listen-peer-urls has " + listeners.peerUrls().getFirst()
                                + " and --initial-advertise-peer-urls has " + url
                                + ": both must be http, or both https, other pairs are not available yet");
            }
        }
    }

    /// @param url one of those with https
    private void checkClients(Url url) {
        if (clients.own().isNone() && !clients.automatic()) {
            throw new ConfigException("TLS key/cert (--cert-file, --key-file) must be provided for client url " + url
                    + " with HTTPS scheme");
        }
        if (!clients.isSelfMade()) {
            clients.check();
            suites.requireHttp2();
        }
    }

    private void checkSelfMade(TransportSecurity security) {
        if (security.isSelfMade() && selfMadeYears < 1) {
            throw new ConfigException("selfSignedCertValidity is invalid,it should be greater than 0");
        }
    }
}
