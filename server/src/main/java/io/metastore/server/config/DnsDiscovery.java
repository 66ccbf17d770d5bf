package io.metastore.server.config;

/// Where the founders of a cluster are named in DNS.
///
///     _etcd-server-ssl._tcp.example.com   SRV   0 0 2380 a.example.com    https://a.example.com:2380
///     _etcd-server._tcp.example.com       SRV   0 0 2380 b.example.com    http://b.example.com:2380
///
/// @param domain holds the records
/// @param suffix of the two services' names, behind a hyphen; empty for none
public record DnsDiscovery(String domain, String suffix) implements Search {
    public DnsDiscovery {
        if (domain.isEmpty()) {
            throw new IllegalArgumentException("the domain is empty");
        }
    }

    /// Of records for `https`, or for `http`.
    public String service(boolean isSecure) {
        return (isSecure ? "etcd-server-ssl" : "etcd-server") + (suffix.isEmpty() ? "" : "-" + suffix);
    }
}
