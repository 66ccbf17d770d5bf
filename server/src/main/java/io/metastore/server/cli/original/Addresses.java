package io.metastore.server.cli.original;

import io.metastore.server.config.Url;

/// Addresses as Go writes them: `:2379` for a port of all addresses, `10.0.0.1:2379`, `[::1]:2379`.
final class Addresses {
    static final String ALL = "0.0.0.0";

    private Addresses() {}

    /// Whether one can listen there: it is an address or `localhost`.
    static boolean isBindable(String host) {
        return host.equals("localhost") || host.contains(":") || host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    }

    /// @throws RuntimeException when it is none, or a name
    static Url parse(Entry entry, boolean isSecure) {
        var example = entry.key().path() + " must be a port or an address with one, such as :2379 or 10.0.0.1:2379";
        try {
            var url = Url.parse("http://" + entry.value());
            var host = url.host().isEmpty() ? ALL : url.host();
            if (isBindable(host)) {
                return new Url(isSecure, host, url.port());
            }
        } catch (IllegalArgumentException _) {
            throw entry.refused(example);
        }
        throw entry.refused(example + "; a name says where others come, and client_urls is for that");
    }

    /// Whether it means all addresses of this machine.
    static boolean isAll(String host) {
        return host.equals(ALL) || host.equals("::");
    }
}
