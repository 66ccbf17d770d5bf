package io.metastore.server.grpc.gateway;

import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// What the headers of a request say about a call: who calls, what the call asks for, and how long it may take.
///
///     Authorization: Bearer x        →  authorization: Bearer x
///     Grpc-Metadata-Hasleader: true  →  hasleader: true
///     Grpc-Timeout: 500m             →  half a second
///
/// Source: grpc-gateway. What it passes on besides, nobody here looks at.
record Caller(Metadata metadata, CallOptions options) {
    private static final String PREFIX = "grpc-metadata-";
    private static final String BINARY = "-bin";
    private static final Pattern NAME = Pattern.compile("[0-9a-z._-]+");
    private static final Pattern TEXT = Pattern.compile("[ -~]*");
    private static final Pattern TIMEOUT = Pattern.compile("([+-]?[0-9]{1,18})([HMSmun])");
    private static final Map<String, TimeUnit> UNITS = Map.of(
            "H", TimeUnit.HOURS,
            "M", TimeUnit.MINUTES,
            "S", TimeUnit.SECONDS,
            "m", TimeUnit.MILLISECONDS,
            "u", TimeUnit.MICROSECONDS,
            "n", TimeUnit.NANOSECONDS);

    /// @throws StatusException for a timeout that is none
    static Caller of(HttpHeaders headers) throws StatusException {
        var metadata = new Metadata();
        for (var header : headers) {
            var name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.equals("authorization")) {
                put(metadata, name, header.getValue());
            } else if (name.startsWith(PREFIX)) {
                put(metadata, name.substring(PREFIX.length()), header.getValue());
            }
        }
        return new Caller(metadata, options(headers.get("Grpc-Timeout", "")));
    }

    private static void put(Metadata metadata, String name, String value) {
        if (NAME.matcher(name).matches() && TEXT.matcher(value).matches() && !name.endsWith(BINARY)) {
            metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
        }
    }

    private static CallOptions options(String timeout) throws StatusException {
        if (timeout.isEmpty()) {
            return CallOptions.DEFAULT;
        }
        var parts = TIMEOUT.matcher(timeout);
        if (!parts.matches()) {
            throw Status.INVALID_ARGUMENT
                    .withDescription("invalid grpc-timeout: " + timeout)
                    .asException();
        }
        long amount = Long.parseLong(parts.group(1));
        return amount == 0
                ? CallOptions.DEFAULT
                : CallOptions.DEFAULT.withDeadlineAfter(amount, UNITS.get(parts.group(2)));
    }
}
