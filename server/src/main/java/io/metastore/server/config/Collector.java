package io.metastore.server.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/// Where traces are sent.
///
/// @param host a name or an address, one of version 6 in brackets
public record Collector(String host, int port) {
    private static final String FLAG = "distributed-tracing-address";
    /// What the one there is of grpc-go's schemes that leads to a host by its name; it is the usual one.
    private static final String SCHEME = "dns:///";

    private static final Pattern ADDRESS = Pattern.compile("(\\[[^]]+]|[^\\[\\]:/]*)(?::(\\d{1,5}))?");
    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9a-fA-F]{2}).{0,2}");
    private static final int PORT_OF_TLS = 443;

    /// As grpc-go, which etcd sends with, understands it: without a port 443, without a host this one. What it takes
    /// and can never send to is refused here.
    ///
    /// @throws ConfigException when it is no address
    public static Collector parse(String text) {
        var bad = BAD_ESCAPE.matcher(text);
        if (bad.find()) {
            throw new ConfigException("parse \"" + SCHEME + text + "\": invalid URL escape \"" + bad.group() + "\"");
        }
        var parts = ADDRESS.matcher(text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : text);
        if (!parts.matches() || parts.group().isEmpty()) {
            throw refused(text);
        }
        int port = parts.group(2) == null ? PORT_OF_TLS : Integer.parseInt(parts.group(2));
        var collector = new Collector(parts.group(1).isEmpty() ? "localhost" : parts.group(1), port);
        if (port > 0xffff || !collector.isHost()) {
            throw refused(text);
        }
        return collector;
    }

    private boolean isHost() {
        try {
            return new URI(url()).getHost() != null;
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private static ConfigException refused(String text) {
        return ConfigException.notAllowed(FLAG, "\"" + text + "\"", "host:port");
    }

    /// `localhost:4317`
    public String address() {
        return host + ":" + port;
    }

    /// `http://localhost:4317`
    public String url() {
        return "http://" + address();
    }
}
