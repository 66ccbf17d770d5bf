package io.metastore.server.cli.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds what a person may have meant.
public final class Nearest {
    private static final int FARTHEST = 3;

    private Nearest() {}

    /// The name with the fewest letters added, left out or changed, if it takes no more than three of these.
    public static Optional<String> to(String mistyped, Collection<String> names) {
        return names.stream()
                .filter(name -> distance(mistyped, name) <= Math.min(FARTHEST, name.length() / 2))
                .min(Comparator.comparingInt(name -> distance(mistyped, name)));
    }

    /// The edit distance of Levenshtein, row by row.
    private static int distance(String from, String to) {
        var above = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            var current = new int[to.length() + 1];
            current[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int change = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
                current[column] =
                        Math.min(above[column - 1] + change, 1 + Math.min(above[column], current[column - 1]));
            }
            above = current;
        }
        return above[to.length()];
    }
}
