package io.metastore.server.datadir;

import java.util.Locale;

/// How a member came to its cluster; it counts until its log was made.
public enum Beginning {
    /// It was there from the first configuration on.
    FOUNDER,
    /// It was added as a voter.
    VOTER,
    /// It was added as a learner.
    LEARNER;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @throws IllegalArgumentException when `text` is none
    static Beginning of(String text) {
        for (var beginning : values()) {
            if (beginning.text().equals(text)) {
                return beginning;
            }
        }
        throw new IllegalArgumentException("names the beginning " + text + ", which this release does not have");
    }
}
