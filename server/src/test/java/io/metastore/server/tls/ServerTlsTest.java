package io.metastore.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.config.CertificateFiles;
import io.metastore.server.config.TlsConfig;
import io.metastore.server.config.TlsVersion;
import io.metastore.server.config.TransportSecurity;
import io.metastore.server.config.TransportSecurity.Allowed;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerTlsTest {
    private final TestAuthority authority = new TestAuthority("authority");

    @TempDir
    Path directory = Path.of("");

    private CertificateFiles server = CertificateFiles.NONE;
    private String trusted = "";

    @BeforeEach
    void certificates() {
        server = authority.issue("server").write(directory, "server");
        trusted = authority.write(directory, "authority");
    }

    @Test
    void whoShowsATrustedCertificateIsAccepted() throws Exception {
        var tls = TestSecurity.server(TestSecurity.mutual(server, trusted));

        assertThat(nameOf(tls, authority.issue("alice"))).contains("alice");
    }

    @Test
    void aCertificateMayHaveNoCommonName() throws Exception {
        var tls = TestSecurity.server(TestSecurity.mutual(server, trusted));

        assertThat(nameOf(tls, authority.issue(""))).isEmpty();
    }

    @Test
    void nobodyIsAskedForACertificateUnlessTheSettingsSaySo() throws Exception {
        var tls = TestSecurity.server(TestSecurity.oneSided(server));

        assertThat(nameOf(tls, authority.issue("alice"))).isEmpty();
    }

    @Test
    void namingAuthoritiesIsEnoughToAsk() {
        var security =
                new TransportSecurity(server, CertificateFiles.NONE, trusted, false, "", Allowed.everybody(), false);

        refused(TestSecurity.server(security), stranger("mallory"), "signed by unknown authority");
    }

    @Test
    void whoShowsNoCertificateIsRefused() {
        var tls = TestSecurity.server(TestSecurity.mutual(server, trusted));
        var engine = tls.engine(TestSecurity.caller());

        assertThatThrownBy(() -> Handshakes.run(withoutCertificate(), engine))
                .satisfies(failure ->
                        assertThat(Rejection.reason(failure)).contains("tls: client didn't provide a certificate"));
    }

    @Test
    void aCertificateOfAnotherAuthorityIsRefused() {
        refused(
                TestSecurity.server(TestSecurity.mutual(server, trusted)),
                stranger("alice"),
                "tls: failed to verify certificate: x509: certificate signed by unknown authority");
    }

    @Test
    void anExpiredCertificateIsRefused() {
        refused(
                TestSecurity.server(TestSecurity.mutual(server, trusted)),
                authority.expired("alice"),
                "x509: certificate has expired or is not yet valid");
    }

    @Test
    void aRevokedCertificateIsRefusedAndOthersAreNot() throws Exception {
        var mallory = authority.issue("mallory");
        var list = authority.writeRevoking(directory, mallory);
        var tls = TestSecurity.server(TestSecurity.mutual(server, trusted, list, Allowed.everybody()));

        refused(tls, mallory, "transport: certificate serial");
        assertThat(nameOf(tls, authority.issue("alice"))).contains("alice");
    }

    @Test
    void onlyAllowedCommonNamesAreAccepted() throws Exception {
        var allowed = new Allowed(List.of("m1", "m2"), List.of());
        var tls = TestSecurity.server(TestSecurity.mutual(server, trusted, "", allowed));

        refused(tls, authority.issue("m3"), "client certificate authentication failed");
        assertThat(nameOf(tls, authority.issue("m2"))).contains("m2");
    }

    @Test
    void onlyAllowedHostNamesAreAccepted() throws Exception {
        var allowed = new Allowed(List.of(), List.of("a.example"));
        var tls = TestSecurity.server(TestSecurity.mutual(server, trusted, "", allowed));

        refused(tls, authority.issue("x", List.of("b.example")), "client certificate authentication failed");
        assertThat(nameOf(tls, authority.issue("x", List.of("*.example")))).contains("x");
    }

    @Test
    void whereACallerComesFromIsComparedWhenItIsToBe() throws Exception {
        var security = TestSecurity.mutual(server, trusted);
        var checking = ServerTls.open(security, TlsConfig.none(), true);
        var elsewhere = authority.issue("m1", List.of("192.0.2.7"));

        refused(checking, elsewhere, "x509: certificate is valid for 192.0.2.7, not 127.0.0.1");
        assertThat(nameOf(checking, authority.issue("m1"))).contains("m1");
        assertThat(nameOf(checking, authority.issue("m1", List.of()))).contains("m1");
        assertThat(nameOf(TestSecurity.server(security), elsewhere)).contains("m1");
    }

    @ParameterizedTest
    @CsvSource({"TLS_1_2, TLS_1_2, TLSv1.2", "TLS_1_3, TLS_1_3, TLSv1.3", "TLS_1_2, TLS_1_3, TLSv1.3"})
    void versionsAreThoseOfTheSettings(TlsVersion lowest, TlsVersion highest, String agreed) throws Exception {
        var tls = ServerTls.open(TestSecurity.oneSided(server), TestSecurity.versions(lowest, highest), false);
        var engine = tls.engine(TestSecurity.caller());
        Handshakes.run(withoutCertificate(), engine);

        assertThat(engine.getSession().getProtocol()).isEqualTo(agreed);
    }

    @Test
    void aClientThatKnowsOnlyOlderVersionsIsRefused() {
        var tls = ServerTls.open(
                TestSecurity.oneSided(server), TestSecurity.versions(TlsVersion.TLS_1_3, TlsVersion.TLS_1_3), false);
        var client = withoutCertificate();
        client.setEnabledProtocols(new String[] {"TLSv1.2"});

        assertThatThrownBy(() -> Handshakes.run(client, tls.engine(TestSecurity.caller())))
                .isInstanceOf(SSLException.class);
    }

    @Test
    void theSuiteIsOneOfThoseThatAreAllowed() throws Exception {
        var suite = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
        var tls = ServerTls.open(
                TestSecurity.oneSided(server),
                TestSecurity.versions(TlsVersion.TLS_1_2, TlsVersion.TLS_1_2, "TLS_RSA_WITH_RC4_128_SHA", suite),
                false);
        var engine = tls.engine(TestSecurity.caller());
        Handshakes.run(withoutCertificate(), engine);

        assertThat(engine.getSession().getCipherSuite()).isEqualTo(suite);
    }

    @ParameterizedTest
    @CsvSource({"h2, h2", "h2;http/1.1, http/1.1", "http/1.1, ''"})
    void whoOffersHttp2AloneSpeaksIt(String offered, String chosen) throws Exception {
        var client = withoutCertificate();
        offer(client, offered.split(";"));
        var engine = TestSecurity.server(TestSecurity.oneSided(server)).engine(TestSecurity.caller());
        Handshakes.run(client, engine);

        assertThat(engine.getApplicationProtocol()).isEqualTo(chosen);
    }

    @Test
    void whoOffersAnotherProtocolOnlyIsRefused() {
        var client = withoutCertificate();
        offer(client, "spdy/3");
        var engine = TestSecurity.server(TestSecurity.oneSided(server)).engine(TestSecurity.caller());

        assertThatThrownBy(() -> Handshakes.run(client, engine)).isInstanceOf(SSLException.class);
    }

    @Test
    void filesThatChangeCountFromTheNextHandshakeOn() throws Exception {
        var alice = authority.issue("alice");
        var list = authority.writeRevoking(directory);
        var tls = TestSecurity.server(TestSecurity.mutual(server, trusted, list, Allowed.everybody()));
        assertThat(nameOf(tls, alice)).contains("alice");

        authority.writeRevoking(directory, alice);
        refused(tls, alice, "revoked");

        // The serial numbers of the next authority are the same again.
        authority.writeRevoking(directory);
        var next = new TestAuthority("next");
        next.write(directory, "authority");
        var renewed = next.issue("server");
        renewed.write(directory, "server");
        refused(tls, authority.issue("bob"), "unknown authority");
        var engine = accept(tls, client(next.issue("bob"), next));
        assertThat(engine.getSession().getLocalCertificates()[0]).isEqualTo(renewed.certificate());
    }

    private Optional<String> nameOf(ServerTls tls, Issued shown) throws SSLException {
        return tls.commonName(accept(tls, client(shown, authority)));
    }

    private static SSLEngine accept(ServerTls tls, SSLEngine client) throws SSLException {
        var engine = tls.engine(TestSecurity.caller());
        Handshakes.run(client, engine);
        return engine;
    }

    private void refused(ServerTls tls, Issued shown, String reason) {
        assertThatThrownBy(() -> accept(tls, client(shown, authority)))
                .satisfies(failure ->
                        assertThat(Rejection.reason(failure).orElseThrow()).contains(reason));
    }

    private SSLEngine client(Issued shown, TestAuthority trusting) {
        var files = shown.write(directory, "client");
        return TestSecurity.connecting(
                TestSecurity.client(TestSecurity.mutual(files, trusting.write(directory, "of-client"))));
    }

    private SSLEngine withoutCertificate() {
        var engine = TestSecurity.trusting(trusted).createSSLEngine("localhost", 2379);
        engine.setUseClientMode(true);
        return engine;
    }

    private static Issued stranger(String name) {
        return new TestAuthority("another").issue(name);
    }

    private static void offer(SSLEngine client, String... protocols) {
        var parameters = client.getSSLParameters();
        parameters.setApplicationProtocols(protocols);
        client.setSSLParameters(parameters);
    }
}
