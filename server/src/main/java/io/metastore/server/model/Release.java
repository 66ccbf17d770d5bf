package io.metastore.server.model;

import java.util.Optional;
import java.util.regex.Pattern;

/// A release without its patches: what the members of a cluster agree on.
///
///     3.7  3.7.0  3.7.1-rc.1   all of them 3.7    3  3.x  v3.7   none
public record Release(long major, long minor) {
    private static final Pattern TEXT =
            Pattern.compile("(\\d{1,18})\\.(\\d{1,18})(?:\\.\\d{1,18}(?:[-+][0-9A-Za-z.+-]+)?)?");

    /// The one that this server stands in for.
    public static final Release CURRENT = new Release(3, 7);

    /// Nothing when the text is no version.
    public static Optional<Release> parse(String text) {
        var parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(new Release(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2))))
                : Optional.empty();
    }

    /// The only one that can be gone back to.
    public Release below() {
        return new Release(major, minor - 1);
    }

    /// As in `3.7.0`.
    public String full() {
        return this + ".0";
    }

    /// As in `3.7`.
    @Override
    public String toString() {
        return major + "." + minor;
    }
}
