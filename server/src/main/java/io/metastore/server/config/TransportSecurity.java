package io.metastore.server.config;

import java.util.List;
import java.util.stream.Collectors;

/// How one kind of connection is secured: that of clients, or that between members. Paths are empty when there is no
/// such file.
///
/// @param own what this member shows those who connect to it
/// @param outgoing what it shows where it connects itself; `own` when there is none
/// @param trustedCa the authorities whose certificates are accepted; naming them asks callers for one
/// @param clientCertAuth callers must show a certificate, of the system's authorities when none are named
/// @param revocations a list of serial numbers that are refused
/// @param allowed which of the certificates that are trusted may be used
/// @param automatic make a certificate when there is none
public record TransportSecurity(
        CertificateFiles own,
        CertificateFiles outgoing,
        String trustedCa,
        boolean clientCertAuth,
        String revocations,
        Allowed allowed,
        boolean automatic) {

    /// Plain text, unless a URL asks for more.
    public static TransportSecurity none() {
        return new TransportSecurity(
                CertificateFiles.NONE, CertificateFiles.NONE, "", false, "", Allowed.everybody(), false);
    }

    /// Common names or host names, one of which a certificate must have; not both.
    public record Allowed(List<String> names, List<String> hosts) {
        public Allowed {
            names = List.copyOf(names);
            hosts = List.copyOf(hosts);
            if (!names.isEmpty() && !hosts.isEmpty()) {
                throw new ConfigException("AllowedCNs and AllowedHostnames are mutually exclusive (cns=" + quoted(names)
                        + ", hostnames=" + quoted(hosts) + ")");
            }
        }

        public static Allowed everybody() {
            return new Allowed(List.of(), List.of());
        }

        private static String quoted(List<String> words) {
            return words.stream().map(word -> "\"" + word + "\"").collect(Collectors.joining(" ", "[", "]"));
        }
    }

    /// Whether callers must show a certificate that is trusted.
    public boolean asksForCertificates() {
        return clientCertAuth || !trustedCa.isEmpty();
    }

    /// Whether this member makes its own certificate: one that is given wins.
    public boolean isSelfMade() {
        return automatic && own.isNone();
    }

    /// @throws ConfigException when the files that are named cannot work together
    void check() {
        own.requireBoth();
        outgoing.requireBothOrNone();
    }
}
