package io.metastore.server.tls;

import io.metastore.server.config.TlsConfig;
import io.metastore.server.config.TransportSecurity;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// TLS on the side of those who are connected to.
public final class ServerTls {
    private static final String HTTP2 = "h2";
    private static final String HTTP1 = "http/1.1";

    private final SSLContext context;
    private final Parameters parameters;
    private final TransportSecurity security;

    private ServerTls(SSLContext context, Parameters parameters, TransportSecurity security) {
        this.context = context;
        this.parameters = parameters;
        this.security = security;
    }

    /// @param checksAddress whether a caller's address must fit its certificate
    /// @throws io.metastore.server.config.ConfigException when a file cannot be used
    static ServerTls open(TransportSecurity security, TlsConfig config, boolean checksAddress) {
        var keys = new KeyManager[] {new FilesKeyManager(security.own())};
        var trust = security.asksForCertificates()
                ? new TrustManager[] {new FilesTrustManager(Trust.of(security), checksAddress)}
                : new TrustManager[0];
        return new ServerTls(Parameters.context(keys, trust), Parameters.of(config), security);
    }

    /// For one connection. Its delegated tasks read files, and may ask the name service.
    public SSLEngine engine(InetSocketAddress caller) {
        var engine = context.createSSLEngine(caller.getAddress().getHostAddress(), caller.getPort());
        engine.setUseClientMode(false);
        var wanted = engine.getSSLParameters();
        wanted.setProtocols(parameters.protocols().toArray(new String[0]));
        wanted.setCipherSuites(parameters.suites().toArray(new String[0]));
        wanted.setUseCipherSuitesOrder(true);
        wanted.setNeedClientAuth(security.asksForCertificates());
        engine.setSSLParameters(wanted);
        engine.setHandshakeApplicationProtocolSelector((_, offered) -> choose(offered));
        return engine;
    }

    /// Clients of gRPC offer HTTP/2 alone, and get it. Who offers HTTP/1.1 as well wants one of the pages, which are
    /// not served over HTTP/2; who offers it alone gets no answer, as from Go's servers, and speaks it. Others are
    /// refused.
    private static @Nullable String choose(List<String> offered) {
        if (offered.contains(HTTP2)) {
            return offered.contains(HTTP1) ? HTTP1 : HTTP2;
        }
        return offered.contains(HTTP1) ? "" : null;
    }

    /// The common name in the caller's certificate, which was checked; none when it has no such name, and always
    /// without `--client-cert-auth`: then a certificate names no user. For engines whose handshake is done.
    ///
    /// Source: etcd's `AuthInfoFromCtx`, which looks at certificates only when `ClientCertAuthEnabled`.
    public Optional<String> commonName(SSLEngine engine) {
        if (!security.clientCertAuth()) {
            return Optional.empty();
        }
        try {
            var first = engine.getSession().getPeerCertificates()[0];
            return first instanceof X509Certificate certificate
                    ? Optional.of(SubjectNames.of(certificate).commonName()).filter(name -> !name.isEmpty())
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }
}
