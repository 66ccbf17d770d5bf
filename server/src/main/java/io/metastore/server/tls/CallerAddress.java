package io.metastore.server.tls;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Compares where a member comes from with the names in its certificate, as etcd does: its address must be one of the
/// certificate's, or belong to one of its DNS names. A certificate without either may come from anywhere.
///
/// It may ask the name service, so not on a thread that others wait for.
final class CallerAddress {
    private CallerAddress() {}

    /// @param host the address the connection came from
    /// @throws CertificateException when none of the names fits
    static void check(SubjectNames names, String host) throws CertificateException {
        var caller = SubjectNames.address(host);
        if (caller.isPresent() && names.addresses().contains(caller.get())) {
            return;
        }
        if (names.dnsNames().isEmpty()) {
            if (names.addresses().isEmpty()) {
                return;
            }
            var valid =
                    names.addresses().stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
            throw new CertificateException("x509: certificate is valid for " + valid + ", not " + host);
        }
        if (caller.isEmpty() || !belongs(caller.get(), names)) {
            var valid = names.dnsNames().stream()
                    .map(name -> "\"" + name + "\"")
                    .collect(Collectors.joining(" ", "[", "]"));
            throw new CertificateException("tls: \"" + host + "\" does not match any of DNSNames " + valid);
        }
    }

    private static boolean belongs(InetAddress caller, SubjectNames names) {
        var reverse = caller.getCanonicalHostName();
        for (var name : names.dnsNames()) {
            boolean wild = name.startsWith("*.");
            if (wild ? reverse.endsWith(name.substring(1)) : reverse.equals(name) || resolves(name, caller)) {
                return true;
            }
        }
        return false;
    }

    private static boolean resolves(String name, InetAddress caller) {
        try {
            return Arrays.asList(InetAddress.getAllByName(name)).contains(caller);
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
