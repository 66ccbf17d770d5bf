package io.metastore.server.rest;

import io.metastore.server.model.Bytes;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The target of a request: which key, and how. Keys and parameters are bytes, whatever they stand for.
///
///     /a%2Fb/c?limit=5  →  key "a/b/c", limit "5"
///
/// @param key the path without its first slash
record Target(Bytes key, Map<String, Bytes> parameters) {
    private static final Pattern ABSOLUTE = Pattern.compile("(?i)https?://[^/?#]*");

    Target {
        parameters = Map.copyOf(parameters);
    }

    /// @param uri as it was sent; its characters are bytes
    /// @throws BadRequestException when it is broken
    static Target parse(String uri) {
        var relative = ABSOLUTE.matcher(uri).replaceFirst("");
        int query = relative.indexOf('?');
        var path = query < 0 ? relative : relative.substring(0, query);
        // A plus is itself in a path, and a space in a query.
        var key = decoded(path.replace("+", "%2B"), "the path");
        return new Target(
                Bytes.wrap(path.startsWith("/") ? withoutSlash(key) : key),
                query < 0 ? Map.of() : parameters(relative.substring(query + 1)));
    }

    private static byte[] withoutSlash(byte[] path) {
        return Arrays.copyOfRange(path, 1, path.length);
    }

    private static Map<String, Bytes> parameters(String query) {
        var found = new TreeMap<String, Bytes>();
        for (var pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                var name = text(decoded(equals < 0 ? pair : pair.substring(0, equals), "the query"));
                var value = decoded(equals < 0 ? "" : pair.substring(equals + 1), "the parameter " + name);
                if (found.put(name, Bytes.wrap(value)) != null) {
                    throw new BadRequestException("the parameter " + name + " is given twice");
                }
            }
        }
        return found;
    }

    private static String text(byte[] name) {
        return new String(name, StandardCharsets.UTF_8);
    }

    private static byte[] decoded(String escaped, String what) {
        try {
            return URLDecoder.decode(escaped, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(what + " has a % that two hexadecimal digits do not follow");
        }
    }

    boolean has(String parameter) {
        return parameters.containsKey(parameter);
    }

    Optional<Bytes> bytes(String parameter) {
        return Optional.ofNullable(parameters.get(parameter));
    }

    /// A switch: given alone, or as true or false.
    boolean isOn(String parameter) {
        return bytes(parameter)
                .map(value -> switch (value.utf8()) {
                    case "", "true" -> true;
                    case "false" -> false;
                    default -> throw wrong(parameter, "true or false");
                })
                .orElse(false);
    }

    /// A whole number from `least` to `most`.
    Optional<Long> number(String parameter, long least, long most) {
        return bytes(parameter).map(value -> {
            try {
                long number = Long.parseLong(value.utf8());
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw wrong(parameter, range(least, most));
            }
            throw wrong(parameter, range(least, most));
        });
    }

    private static String range(long least, long most) {
        return "a whole number from " + least + " to " + most;
    }

    static BadRequestException wrong(String parameter, String allowed) {
        return new BadRequestException("the parameter " + parameter + " must be " + allowed);
    }

    /// Refuses parameters that have no meaning here, so that a slip of the pen is not taken for nothing.
    void allow(Set<String> names) {
        for (var name : parameters.keySet()) {
            if (!names.contains(name)) {
                throw new BadRequestException(
                        names.isEmpty()
                                ? "there is no parameter " + printable(name) + " here"
                                : "there is no parameter " + printable(name) + " here, but "
                                        + String.join(", ", new TreeSet<>(names)));
            }
        }
    }

    private static String printable(String name) {
        return name.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
