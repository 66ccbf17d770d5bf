package io.metastore.server.tls;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/// The names in a certificate.
///
/// @param commonName the last one of the subject, empty when there is none
record SubjectNames(String commonName, List<String> dnsNames, List<InetAddress> addresses) {
    private static final int DNS_NAME = 2;
    private static final int ADDRESS = 7;

    static SubjectNames of(X509Certificate certificate) {
        return new SubjectNames(
                commonName(certificate),
                alternatives(certificate, DNS_NAME).toList(),
                alternatives(certificate, ADDRESS).map(InetAddress::ofLiteral).toList());
    }

    /// Whether a host of this name, or with this address, may use the certificate. As Go decides it: an address only
    /// by the addresses, a name only by the DNS names, where `*` stands for the whole first label.
    boolean covers(String host) {
        var literal = address(host);
        if (literal.isPresent()) {
            return addresses.contains(literal.get());
        }
        return dnsNames.stream().anyMatch(pattern -> matches(pattern, host));
    }

    private static boolean matches(String pattern, String host) {
        var wanted = labels(pattern);
        var given = labels(host.endsWith(".") ? host.substring(0, host.length() - 1) : host);
        if (wanted.length != given.length || Arrays.asList(given).contains("")) {
            return false;
        }
        boolean wild = wanted[0].equals("*") && wanted.length > 1;
        return (wild || wanted[0].equals(given[0])) && Arrays.equals(wanted, 1, wanted.length, given, 1, given.length);
    }

    private static String[] labels(String name) {
        return name.toLowerCase(Locale.ROOT).split("\\.", -1);
    }

    static Optional<InetAddress> address(String host) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        var bare = bracketed ? host.substring(1, host.length() - 1) : host;
        boolean literal = bare.contains(":") || bare.matches("\\d{1,3}(\\.\\d{1,3}){3}");
        try {
            return literal ? Optional.of(InetAddress.ofLiteral(bare)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Stream<String> alternatives(X509Certificate certificate, int kind) {
        try {
            return Stream.ofNullable(certificate.getSubjectAlternativeNames())
                    .flatMap(Collection::stream)
                    .filter(name -> name.get(0).equals(kind))
                    .map(name -> (String) name.get(1));
        } catch (CertificateParsingException e) {
            return Stream.empty();
        }
    }

    private static String commonName(X509Certificate certificate) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(part -> part.getType().equalsIgnoreCase("CN"))
                            .map(part -> part.getValue().toString())
                            .reduce("", (_, last) -> last);
        } catch (InvalidNameException e) {
            return "";
        }
    }
}
