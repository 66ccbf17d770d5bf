package io.metastore.server.tls;

import java.io.EOFException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Tells the log whom TLS turned away, with etcd's message and fields, since people look for them.
public final class Rejection {
    private static final Logger LOG = LoggerFactory.getLogger(Rejection.class);

    private final String endpoint;

    private Rejection(String endpoint) {
        this.endpoint = endpoint;
    }

    public static Rejection ofClients() {
        return new Rejection("client");
    }

    public static Rejection ofPeers() {
        return new Rejection("peer");
    }

    /// A line for one connection.
    ///
    /// @param engine of the connection that failed
    public void log(InetSocketAddress caller, SSLEngine engine, Throwable cause) {
        var why = reason(cause);
        var line = LOG.atLevel(why.isPresent() ? Level.WARN : Level.DEBUG)
                .addKeyValue("remote-addr", caller.getAddress().getHostAddress() + ":" + caller.getPort())
                .addKeyValue("server-name", serverName(engine.getHandshakeSession()));
        var told = shown(engine.getHandshakeSession())
                .map(names -> line.addKeyValue(
                                "ip-addresses",
                                names.addresses().stream()
                                        .map(InetAddress::getHostAddress)
                                        .toList())
                        .addKeyValue("dns-names", names.dnsNames()))
                .orElse(line);
        told.addKeyValue("error", why.orElse("EOF")).log("rejected connection on " + endpoint + " endpoint");
    }

    /// In Go's words where they are known; nothing when the caller just went away.
    static Optional<String> reason(Throwable failure) {
        var causes = Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(16)
                .toList();
        if (any(causes, ClosedChannelException.class) || any(causes, EOFException.class)) {
            return Optional.empty();
        }
        if (any(causes, CertificateExpiredException.class) || any(causes, CertificateNotYetValidException.class)) {
            return Optional.of("tls: failed to verify certificate: x509: certificate has expired or is not yet valid");
        }
        if (any(causes, CertPathBuilderException.class) || any(causes, CertPathValidatorException.class)) {
            return Optional.of("tls: failed to verify certificate: x509: certificate signed by unknown authority");
        }
        return Optional.of(causes.stream()
                .filter(CertificateException.class::isInstance)
                .findFirst()
                .map(Throwable::getMessage)
                .orElseGet(() -> text(String.valueOf(failure.getMessage()))));
    }

    private static boolean any(List<Throwable> causes, Class<? extends Throwable> type) {
        return causes.stream().anyMatch(type::isInstance);
    }

    private static String text(String message) {
        // What follows these words is what the caller sent, which may be a password.
        if (message.startsWith("not an SSL/TLS record")) {
            return "tls: first record does not look like a TLS handshake";
        }
        return message.contains("Empty client certificate chain")
                ? "tls: client didn't provide a certificate"
                : message;
    }

    private static String serverName(@Nullable SSLSession session) {
        return session instanceof ExtendedSSLSession extended
                ? extended.getRequestedServerNames().stream()
                        .filter(SNIHostName.class::isInstance)
                        .map(name -> ((SNIHostName) name).getAsciiName())
                        .findFirst()
                        .orElse("")
                : "";
    }

    private static Optional<SubjectNames> shown(@Nullable SSLSession session) {
        try {
            return session != null && session.getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? Optional.of(SubjectNames.of(certificate))
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }
}
