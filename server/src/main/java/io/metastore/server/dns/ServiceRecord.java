package io.metastore.server.dns;

import java.util.Comparator;
import java.util.regex.Pattern;

/// One place of a service, a record of type SRV (RFC 2782).
///
///     10 60 2380 a.example.com.
///
/// @param priority lower ones first
/// @param weight of those with the same priority
/// @param target a host, without the dot at the end
record ServiceRecord(int priority, int weight, int port, String target) {
    static final Comparator<ServiceRecord> ORDER = Comparator.comparingInt(ServiceRecord::priority)
            .thenComparing(Comparator.comparingInt(ServiceRecord::weight).reversed())
            .thenComparing(ServiceRecord::target)
            .thenComparingInt(ServiceRecord::port);

    private static final Pattern SHAPE = Pattern.compile("([0-9]{1,5}) ([0-9]{1,5}) ([0-9]{1,5}) (\\S*?)\\.?");

    /// @throws IllegalArgumentException when the text is none
    static ServiceRecord parse(String text) {
        var parts = SHAPE.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("no record of type SRV: " + text);
        }
        return new ServiceRecord(
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                parts.group(4));
    }
}
