package io.metastore.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.config.TransportSecurity.Allowed;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a real etcd 3.7.1 refuses, in its words, where it has some.
class TlsConfigTest {
    private static final CertificateFiles PAIR = new CertificateFiles("c.pem", "k.pem");
    private static final CertificateFiles HALF = new CertificateFiles("c.pem", "");

    @Test
    void anHttpsUrlForClientsNeedsACertificate() {
        refused(
                tls(TransportSecurity.none(), TransportSecurity.none()),
                listeners(true, false),
                "TLS key/cert (--cert-file, --key-file) must be provided for client url https://127.0.0.1:2379 with HTTPS"
                        + " scheme");
        accepted(tls(of(PAIR), TransportSecurity.none()), listeners(true, false));
        accepted(tls(automatic(), TransportSecurity.none()), listeners(true, false));
    }

    @Test
    void anHttpsUrlForMembersNeedsACertificate() {
        refused(
                tls(TransportSecurity.none(), TransportSecurity.none()),
                listeners(false, true),
                "cannot listen on TLS for 127.0.0.1:2380: KeyFile and CertFile are not presented");
        accepted(tls(TransportSecurity.none(), of(PAIR)), listeners(false, true));
        accepted(tls(TransportSecurity.none(), automatic()), listeners(false, true));
    }

    @Test
    void aCertificateNeedsItsKey() {
        var text = "KeyFile and CertFile must both be present[key: , cert: c.pem]";
        refused(tls(of(HALF), TransportSecurity.none()), listeners(true, false), text);
        refused(tls(TransportSecurity.none(), of(HALF)), listeners(false, false), text);
        accepted(tls(of(HALF), TransportSecurity.none()), listeners(false, false));
        var outgoing = new TransportSecurity(PAIR, HALF, "", false, "", Allowed.everybody(), false);
        refused(
                tls(TransportSecurity.none(), outgoing),
                listeners(false, true),
                "ClientKeyFile and ClientCertFile must both be present or both absent: key: , cert: c.pem]");
    }

    @Test
    void membersListenAndAreReachedWithTlsOrBothWithout() {
        var http = List.of(new Url("127.0.0.1", 2380));
        var https = List.of(new Url(true, "127.0.0.1", 2380));
        var client = List.of(new Url("127.0.0.1", 2379));

        refused(
                tls(TransportSecurity.none(), of(PAIR)),
                new ListenerConfig(client, client, https, http),
                "both must be http, or both https");
    }

    @Test
    void aCertificateOfOnesOwnIsValidForAYearAtLeast() {
        var tls = new TlsConfig(
                automatic(), TransportSecurity.none(), false, TlsConfig.none().versions(), suites(), 0);
        refused(tls, listeners(true, false), "selfSignedCertValidity is invalid,it should be greater than 0");
    }

    @Test
    void namesAndHostsAreNotAllowedTogether() {
        assertThatThrownBy(() -> new Allowed(List.of("a", "b"), List.of("c")))
                .hasMessage(
                        "AllowedCNs and AllowedHostnames are mutually exclusive (cns=[\"a\" \"b\"], hostnames=[\"c\"])");
    }

    @Test
    void suitesAreThoseThatGoKnows() {
        assertThatThrownBy(() -> suites("FOO")).hasMessage("unexpected TLS cipher suite \"FOO\"");
        assertThat(suites("TLS_RSA_WITH_RC4_128_SHA", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305")
                        .names())
                .hasSize(2);
    }

    @Test
    void clientsNeedASuiteThatHttp2Demands() {
        var tls = new TlsConfig(
                of(PAIR),
                TransportSecurity.none(),
                false,
                TlsConfig.none().versions(),
                suites("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"),
                1);
        refused(
                tls,
                listeners(true, false),
                "http2: TLSConfig.CipherSuites is missing an HTTP/2-required AES_128_GCM_SHA256 cipher (need at least one"
                        + " of TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 or TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256)");
    }

    @ParameterizedTest
    @CsvSource({
        "TLS1.1, '', 'unexpected TLS version \"TLS1.1\" (must be one of: TLS1.2, TLS1.3)'",
        "TLS1.3, TLS1.2, min version (TLS1.3) is greater than max version (TLS1.2)",
        "TLS1.3, '', cipher suites cannot be configured when only TLS1.3 is enabled"
    })
    void versionsMustFit(String lowest, String highest, String text) {
        assertThatThrownBy(() -> new TlsConfig(
                        TransportSecurity.none(),
                        TransportSecurity.none(),
                        false,
                        new TlsConfig.Versions(
                                TlsVersion.parse(lowest).orElseThrow(),
                                TlsVersion.parse(highest).orElse(TlsVersion.TLS_1_3)),
                        suites("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
                        1))
                .isInstanceOf(ConfigException.class)
                .hasMessage(text);
    }

    @Test
    void foundersAllSpeakTlsOrNoneDoes() {
        var members = Bootstrap.parseMembers("a=https://localhost:1,b=http://localhost:2");
        var bootstrap = new Bootstrap(members, Bootstrap.State.NEW, "t");

        assertThatThrownBy(() -> bootstrap.check("a", List.of(new Url(true, "localhost", 1)), InetAddress::getByName))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("has http and https URLs");
    }

    private static CipherSuites suites(String... names) {
        return new CipherSuites(List.of(names));
    }

    private static TransportSecurity of(CertificateFiles own) {
        return new TransportSecurity(own, CertificateFiles.NONE, "", false, "", Allowed.everybody(), false);
    }

    private static TransportSecurity automatic() {
        return new TransportSecurity(
                CertificateFiles.NONE, CertificateFiles.NONE, "", false, "", Allowed.everybody(), true);
    }

    private static TlsConfig tls(TransportSecurity clients, TransportSecurity peers) {
        return new TlsConfig(clients, peers, false, TlsConfig.none().versions(), suites(), 1);
    }

    @Test
    void portsForHttpAloneNeedACertificateToo() {
        var url = List.of(new Url(true, "127.0.0.1", 3));
        var everybody = Set.of("*");
        for (var http : List.of(
                new HttpConfig(url, List.of(), List.of(), everybody, everybody, true),
                new HttpConfig(List.of(), url, List.of(), everybody, everybody, true),
                new HttpConfig(List.of(), List.of(), url, everybody, everybody, true))) {
            assertThatThrownBy(() -> TlsConfig.none().check(listeners(false, false), http))
                    .hasMessage("TLS key/cert (--cert-file, --key-file) must be provided for client url"
                            + " https://127.0.0.1:3 with HTTPS scheme");
        }
    }

    private static ListenerConfig listeners(boolean clients, boolean peers) {
        var client = List.of(new Url(clients, "127.0.0.1", 2379));
        var peer = List.of(new Url(peers, "127.0.0.1", 2380));
        return new ListenerConfig(client, client, peer, peer);
    }

    private static void refused(TlsConfig tls, ListenerConfig listeners, String text) {
        assertThatThrownBy(() -> tls.check(listeners, HttpConfig.defaults()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(text);
    }

    private static void accepted(TlsConfig tls, ListenerConfig listeners) {
        assertThatCode(() -> tls.check(listeners, HttpConfig.defaults())).doesNotThrowAnyException();
    }
}
