package io.metastore.server.tls;

import io.metastore.server.config.CipherSuites;
import io.metastore.server.config.TlsConfig;
import io.metastore.server.config.TlsVersion;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a handshake may agree on, by Java's names.
record Parameters(List<String> protocols, List<String> suites) {
    private static final Logger LOG = LoggerFactory.getLogger(Parameters.class);

    /// How long a session may be taken up again: hardly, since certificates are looked at in whole handshakes only.
    private static final int SESSION_SECONDS = 1;

    static Parameters of(TlsConfig config) {
        var versions = Arrays.stream(TlsVersion.values())
                .filter(version -> version.compareTo(config.versions().lowest()) >= 0
                        && version.compareTo(config.versions().highest()) <= 0)
                .map(Parameters::protocol)
                .toList();
        return new Parameters(versions, suites(config.suites()));
    }

    private static String protocol(TlsVersion version) {
        return switch (version) {
            case TLS_1_2 -> "TLSv1.2";
            case TLS_1_3 -> "TLSv1.3";
        };
    }

    private static List<String> suites(CipherSuites wanted) {
        var supported = List.of(context(null, null).getSupportedSSLParameters().getCipherSuites());
        var chosen = wanted.names().isEmpty() ? CipherSuites.USUAL : wanted.names();
        chosen.stream()
                .filter(name -> !supported.contains(today(name)))
                .forEach(name ->
                        LOG.atWarn().addKeyValue("cipher-suite", name).log("cipher suite is too weak for Java"));
        return Stream.concat(CipherSuites.ALWAYS.stream(), chosen.stream())
                .map(Parameters::today)
                .filter(supported::contains)
                .distinct()
                .toList();
    }

    /// Two suites had other names once.
    private static String today(String name) {
        return name.endsWith("_POLY1305") ? name + "_SHA256" : name;
    }

    static SSLContext context(KeyManager @Nullable [] keys, TrustManager @Nullable [] trust) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            Optional.ofNullable(context.getServerSessionContext())
                    .ifPresent(sessions -> sessions.setSessionTimeout(SESSION_SECONDS));
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }
}
