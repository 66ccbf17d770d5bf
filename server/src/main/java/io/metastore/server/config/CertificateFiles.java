package io.metastore.server.config;

/// A certificate, with those that lead to its authority behind it, and its key: paths of PEM files, empty when there
/// are none.
public record CertificateFiles(String certificate, String key) {
    public static final CertificateFiles NONE = new CertificateFiles("", "");

    public boolean isNone() {
        return certificate.isEmpty() && key.isEmpty();
    }

    /// @throws ConfigException in etcd's words, unless both are there
    void requireBoth() {
        if (certificate.isEmpty() || key.isEmpty()) {
            throw new ConfigException(
                    "KeyFile and CertFile must both be present[key: " + key + ", cert: " + certificate + "]");
        }
    }

    /// @throws ConfigException in etcd's words, when one is there without the other
    void requireBothOrNone() {
        if (certificate.isEmpty() != key.isEmpty()) {
            throw new ConfigException("ClientKeyFile and ClientCertFile must both be present or both absent: key: "
                    + key + ", cert: " + certificate + "]");
        }
    }
}
