package io.metastore.server.config;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Plain HTTP: where it is served, and to whom.
///
/// @param urls listeners of its own, in place of those of clients; empty: it shares these
/// @param restUrls listeners for the REST API; empty: there is none
/// @param metricsUrls listeners for metrics and health besides
/// @param origins from which browsers may come, `*` for all
/// @param hosts under which clients may reach this member, `*` for all
/// @param gateway whether there is the JSON gateway
public record HttpConfig(
        List<Url> urls,
        List<Url> restUrls,
        List<Url> metricsUrls,
        Set<String> origins,
        Set<String> hosts,
        boolean gateway) {
    private static final String ALL = "*";
    private static final Pattern ORIGIN = Pattern.compile("(?:https?|unixs?)://[^/?#]*:[0-9]{1,5}");

    public HttpConfig {
        urls = ListenerConfig.bindable(urls);
        restUrls = ListenerConfig.bindable(restUrls);
        metricsUrls = ListenerConfig.bindable(metricsUrls);
        origins = Set.copyOf(origins);
        hosts = Set.copyOf(hosts);
        for (var origin : origins) {
            if (!origin.equals(ALL) && !ORIGIN.matcher(origin).matches()) {
                throw ConfigException.notAllowed("cors", origin, "URLs of the form \"scheme://host:port\", or *");
            }
        }
    }

    /// On the clients' port, for everybody.
    public static HttpConfig defaults() {
        return new HttpConfig(List.of(), List.of(), List.of(), Set.of(ALL), Set.of(ALL), true);
    }
}
