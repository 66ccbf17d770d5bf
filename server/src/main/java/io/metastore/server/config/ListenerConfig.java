package io.metastore.server.config;

import java.util.List;

/// Where clients and peers are served, and under which URLs they are told to come. Lists are sorted, as etcd's are.
public record ListenerConfig(
        List<Url> clientUrls, List<Url> advertisedClientUrls, List<Url> peerUrls, List<Url> advertisedPeerUrls) {
    public static final Url DEFAULT_CLIENT_URL = new Url("localhost", 2379);
    public static final Url DEFAULT_PEER_URL = new Url("localhost", 2380);

    public ListenerConfig {
        clientUrls = bindable("listen-client-urls", clientUrls);
        peerUrls = bindable("listen-peer-urls", peerUrls);
        advertisedClientUrls = reachable("advertise-client-urls", advertisedClientUrls);
        advertisedPeerUrls = reachable("initial-advertise-peer-urls", advertisedPeerUrls);
    }

    /// etcd's defaults: clients on 2379, peers on 2380 of the loopback.
    public static ListenerConfig defaults() {
        var client = List.of(DEFAULT_CLIENT_URL);
        var peer = List.of(DEFAULT_PEER_URL);
        return new ListenerConfig(client, client, peer, peer);
    }

    private static List<Url> bindable(String key, List<Url> urls) {
        return sorted(key, bindable(urls));
    }

    /// URLs where one can listen.
    static List<Url> bindable(List<Url> urls) {
        for (var url : urls) {
            if (!url.isBindable()) {
                throw new ConfigException("expected IP in URL for binding (" + url + ")");
            }
        }
        return List.copyOf(urls);
    }

    private static List<Url> reachable(String key, List<Url> urls) {
        for (var url : urls) {
            if (url.host().isEmpty()) {
                throw new ConfigException("--" + key + " \"" + url.authority()
                        + "\" must be \"host:port\" (unexpected empty host (" + url + "))");
            }
        }
        return sorted(key, urls);
    }

    private static List<Url> sorted(String key, List<Url> urls) {
        if (urls.isEmpty()) {
            throw ConfigException.notAllowed(key, "empty", "one URL or more");
        }
        return Bootstrap.sorted(urls);
    }
}
