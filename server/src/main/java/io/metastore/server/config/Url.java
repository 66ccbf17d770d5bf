package io.metastore.server.config;

import java.util.Locale;
import java.util.regex.Pattern;

/// Where a listener is, or is reached: `http://host:port` or `https://host:port`. Its text goes into member ids, so it
/// is kept as it was written, except for the case of the scheme.
///
/// @param isSecure whether the scheme is https
/// @param host a name or an address; an IPv6 address without its brackets
/// @param port 0 lets the system choose when listening
public record Url(boolean isSecure, String host, int port) {
    private static final Pattern SHAPE = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(?://([^/?#]*)([^?#]*)(.*))?.*");
    private static final Pattern AUTHORITY = Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)]|([^:\\[\\]@]*)):([0-9]{1,5})");
    private static final int HIGHEST_PORT = 65_535;

    public Url {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("port " + port + " is not within 0 and " + HIGHEST_PORT);
        }
    }

    /// Plain http.
    public Url(String host, int port) {
        this(false, host, port);
    }

    /// The texts of refusals are etcd's where etcd refuses too.
    ///
    /// @throws IllegalArgumentException when `text` is no such URL; the message says what is wrong with it
    public static Url parse(String text) {
        var trimmed = text.strip();
        var shape = SHAPE.matcher(trimmed);
        if (!shape.matches()) {
            throw wrongScheme(trimmed);
        }
        boolean secure = isHttps(shape.group(1), trimmed);
        if (shape.group(2) == null) {
            throw noPort(trimmed);
        }
        var authority = AUTHORITY.matcher(shape.group(2));
        if (!authority.matches()) {
            throw noPort(trimmed);
        }
        if (!shape.group(3).isEmpty() || !shape.group(4).isEmpty()) {
            throw new IllegalArgumentException("URL must not contain a path: " + trimmed);
        }
        var host = authority.group(1) != null ? authority.group(1) : authority.group(2);
        return new Url(secure, host, Integer.parseInt(authority.group(3)));
    }

    private static boolean isHttps(String scheme, String text) {
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "http" -> false;
            case "https" -> true;
            case "unix", "unixs" ->
                throw new IllegalArgumentException("unix sockets are not available yet, use http: " + text);
            default -> throw wrongScheme(text);
        };
    }

    private static IllegalArgumentException wrongScheme(String text) {
        return new IllegalArgumentException("URL scheme must be http, https, unix, or unixs: " + text);
    }

    private static IllegalArgumentException noPort(String text) {
        return new IllegalArgumentException("URL address does not have the form \"host:port\": " + text);
    }

    /// Whether one can listen there: an address or `localhost`, no other name.
    boolean isBindable() {
        return host.equals("localhost") || host.contains(":") || host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    }

    /// `host:port`, with brackets around an IPv6 address.
    public String authority() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    @Override
    public String toString() {
        return (isSecure ? "https://" : "http://") + authority();
    }
}
