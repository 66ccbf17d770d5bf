package io.metastore.operator.spec;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/// A version of the server, as far as it decides what may follow it.
public record Release(int major, int minor, int patch) implements Comparable<Release> {
    private static final Pattern BEGINNING = Pattern.compile("([0-9]{1,9})[.]([0-9]{1,9})[.]([0-9]{1,9}).*");
    private static final Comparator<Release> ORDER = Comparator.comparingInt(Release::major)
            .thenComparingInt(Release::minor)
            .thenComparingInt(Release::patch);

    /// Of `1.2.3` and of `1.2.3-rc.1`; nothing for other texts.
    public static Optional<Release> parse(String text) {
        var numbers = BEGINNING.matcher(text);
        return numbers.matches()
                ? Optional.of(new Release(
                        Integer.parseInt(numbers.group(1)),
                        Integer.parseInt(numbers.group(2)),
                        Integer.parseInt(numbers.group(3))))
                : Optional.empty();
    }

    /// Whether members of this release may be restarted with `next`: the same minor release or the
    /// next one.
    public boolean mayBecome(Release next) {
        return next.major == major && next.minor <= minor + 1;
    }

    /// Whether `this` is of an earlier minor release.
    public boolean isBelow(Release other) {
        return major != other.major ? major < other.major : minor < other.minor;
    }

    @Override
    public int compareTo(Release other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
