package io.metastore.server.tls;

import io.metastore.server.config.TransportSecurity;
import io.metastore.server.config.TransportSecurity.Allowed;
import io.metastore.server.config.Url;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One of the two things a member listens for, and how the settings want it secured.
///
/// @param directory where a certificate of its own making is kept
record Endpoint(Kind kind, TransportSecurity security, List<Url> urls, Path directory) {
    private static final Logger LOG = LoggerFactory.getLogger(Endpoint.class);

    enum Kind {
        CLIENT("client", "http or unix", "--client-cert-auth"),
        PEER("peer", "HTTP", "--peer-client-cert-auth");

        private final String text;
        private final String plain;
        private final String flag;

        Kind(String text, String plain, String flag) {
            this.text = text;
            this.plain = plain;
            this.flag = flag;
        }
    }

    boolean isSecure() {
        return urls.stream().anyMatch(Url::isSecure);
    }

    /// Says where certificates are set and not used; in etcd's words, as the other lines here.
    void warn() {
        for (var url : urls) {
            if (!url.isSecure() && !security.own().isNone()) {
                warn(url, " while key and cert files are present; ignoring key and cert files");
            }
            if (!url.isSecure() && security.clientCertAuth()) {
                warn(url, " while " + kind.flag + " is enabled; ignoring client cert auth for this URL");
            }
        }
        if (security.automatic() && !security.own().isNone()) {
            LOG.atWarn().log("ignoring " + kind.text + " auto TLS since certs given");
        }
    }

    private void warn(Url url, String text) {
        LOG.atWarn().addKeyValue(kind.text + "-url", url).log("scheme is " + kind.plain + text);
    }

    /// With its files. A member with a certificate of its own making trusts nobody in particular, whatever else is set.
    TransportSecurity complete(SelfMade selfMade, long years) throws IOException {
        if (!security.isSelfMade()) {
            return security;
        }
        var hosts = urls.stream().map(Url::host).distinct().toList();
        var files = selfMade.in(directory, hosts, years);
        return new TransportSecurity(files, files, "", false, "", Allowed.everybody(), true);
    }

    void tell(TransportSecurity complete, List<String> suites) {
        var info = "cert = " + complete.own().certificate() + ", key = "
                + complete.own().key() + ", client-cert="
                + complete.outgoing().certificate() + ", client-key="
                + complete.outgoing().key() + ", trusted-ca = "
                + complete.trustedCa() + ", client-cert-auth = " + complete.clientCertAuth() + ", crl-file = "
                + complete.revocations();
        LOG.atInfo()
                .addKeyValue("tls-info", info)
                .addKeyValue("cipher-suites", suites)
                .log("starting with " + kind.text + " TLS");
    }
}
