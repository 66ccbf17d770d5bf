package io.metastore.server.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which hosts requests in plain text may name, so that no web page can reach this member under a name of its own, and
/// from which origins browsers may come. Source: etcd's access controller.
///
/// @param hosts `*` or nothing for all
/// @param origins `*` or nothing for all
public record Access(Set<String> hosts, Set<String> origins) {
    public static final Access OPEN = new Access(Set.of(), Set.of());

    public Access {
        hosts = Set.copyOf(hosts);
        origins = Set.copyOf(origins);
    }

    /// The answer to a request that may not be served.
    public Optional<Answer> refuses(HttpHeaders headers) {
        var host = hostname(headers.get(HttpHeaderNames.HOST, ""));
        return allows(hosts, host)
                ? Optional.empty()
                : Optional.of(Answer.error(HttpResponseStatus.MISDIRECTED_REQUEST, rebinding(host)));
    }

    /// What browsers are told.
    public Map<String, String> permission(HttpHeaders headers) {
        var origin = headers.get(HttpHeaderNames.ORIGIN, "");
        if (allows(origins, "*")) {
            return permission("*");
        }
        return allows(origins, origin) ? permission(origin) : Map.of();
    }

    private static Map<String, String> permission(String origin) {
        return Map.of(
                "Access-Control-Allow-Headers",
                "accept, content-type, authorization",
                "Access-Control-Allow-Methods",
                "POST, GET, OPTIONS, PUT, DELETE",
                "Access-Control-Allow-Origin",
                origin);
    }

    private static boolean allows(Set<String> allowed, String name) {
        return allowed.isEmpty() || allowed.contains("*") || allowed.contains(name);
    }

    /// `name:port` → `name`, `[::1]:port` → `::1`; what has no port is taken as it is.
    static String hostname(String host) {
        int colon = host.lastIndexOf(':');
        if (host.startsWith("[")) {
            return colon > 0 && host.charAt(colon - 1) == ']' ? host.substring(1, colon - 1) : host;
        }
        return colon >= 0 && host.indexOf(':') == colon ? host.substring(0, colon) : host;
    }

    private static String rebinding(String host) {
        return """

                etcd received your request, but the Host header was unrecognized.

                To fix this, choose one of the following options:
                - Enable TLS, then any HTTPS request will be allowed.
                - Add the hostname you want to use to the whitelist in settings.
                  - e.g. etcd --host-whitelist "%s"

                This requirement has been added to help prevent "DNS Rebinding" attacks (CVE-2018-5702).
                """.formatted(host.replace("\\", "\\\\").replace("\"", "\\\""));
    }
}
