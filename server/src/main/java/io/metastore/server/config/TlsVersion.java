package io.metastore.server.config;

import java.util.Arrays;
import java.util.Optional;

/// The versions of TLS that are spoken; older ones never are.
public enum TlsVersion {
    TLS_1_2("TLS1.2"),
    TLS_1_3("TLS1.3");

    private final String text;

    TlsVersion(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    /// As etcd's flags name it; empty when nobody cares.
    ///
    /// @throws ConfigException in etcd's words, for any other
    public static Optional<TlsVersion> parse(String text) {
        var found = Arrays.stream(values())
                .filter(version -> version.text.equals(text))
                .findFirst();
        if (found.isEmpty() && !text.isEmpty()) {
            throw new ConfigException("unexpected TLS version \"" + text + "\" (must be one of: TLS1.2, TLS1.3)");
        }
        return found;
    }
}
