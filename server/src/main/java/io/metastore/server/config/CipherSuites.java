package io.metastore.server.config;

import java.util.List;
import java.util.Set;

/// Cipher suites for TLS 1.2, by the names that Go has for them; those of TLS 1.3 cannot be chosen.
///
/// @param names in the order of preference; empty means the usual ones
public record CipherSuites(List<String> names) {
    /// HTTP/2 demands one of these two of every server.
    private static final List<String> HTTP2 =
            List.of("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");

    /// What Go offers without being asked, those of TLS 1.2 in its order.
    public static final List<String> USUAL = List.of(
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA");

    /// Those of TLS 1.3, which are always there.
    public static final List<String> ALWAYS =
            List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

    /// Known to Go and weak, and two older names.
    private static final Set<String> OTHERS = Set.of(
            "TLS_RSA_WITH_RC4_128_SHA",
            "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
            "TLS_RSA_WITH_AES_128_CBC_SHA",
            "TLS_RSA_WITH_AES_256_CBC_SHA",
            "TLS_RSA_WITH_AES_128_CBC_SHA256",
            "TLS_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_RC4_128_SHA",
            "TLS_ECDHE_RSA_WITH_RC4_128_SHA",
            "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305");

    public CipherSuites {
        names = List.copyOf(names);
        for (var name : names) {
            if (!USUAL.contains(name) && !ALWAYS.contains(name) && !OTHERS.contains(name)) {
                throw new ConfigException("unexpected TLS cipher suite \"" + name + "\"");
            }
        }
    }

    /// @throws ConfigException in the words of Go, which etcd repeats
    void requireHttp2() {
        if (!names.isEmpty() && names.stream().noneMatch(HTTP2::contains)) {
            throw new ConfigException(
                    "http2: TLSConfig.CipherSuites is missing an HTTP/2-required AES_128_GCM_SHA256 cipher"
                            + " (need at least one of " + String.join(" or ", HTTP2) + ")");
        }
    }
}
