package io.metastore.operator.model;

import java.util.Comparator;
import java.util.Optional;

/// A member's name, which is that of its Pod too: `demo-3`. A number is never used again, so a name is
/// one member for ever.
///
/// @param serial at least 1
public record MemberName(String cluster, long serial) implements Comparable<MemberName> {
    private static final Comparator<MemberName> ORDER =
            Comparator.comparing(MemberName::cluster).thenComparingLong(MemberName::serial);

    public MemberName {
        if (serial < 1) {
            throw new IllegalArgumentException("a serial is at least 1: " + serial);
        }
    }

    /// The name of a member of this cluster, or nothing for any other text.
    public static Optional<MemberName> parse(String cluster, String text) {
        if (!text.startsWith(cluster + "-")
                || !text.substring(cluster.length() + 1).matches("[1-9][0-9]{0,17}")) {
            return Optional.empty();
        }
        return Optional.of(new MemberName(cluster, Long.parseLong(text.substring(cluster.length() + 1))));
    }

    public String text() {
        return cluster + "-" + serial;
    }

    @Override
    public int compareTo(MemberName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return text();
    }
}
