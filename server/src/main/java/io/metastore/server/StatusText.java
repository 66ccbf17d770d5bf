package io.metastore.server;

import io.metastore.server.cli.Tool;
import io.metastore.server.snapshot.SnapshotStatus;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What is told of a snapshot, in the formats of `etcdutl snapshot status`.
record StatusText(SnapshotStatus status) {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

    String in(Tool.Format format) {
        return switch (format) {
            case SIMPLE -> String.join(", ", cells());
            case JSON ->
                "{\"hash\":%d,\"revision\":%d,\"totalKey\":%d,\"totalSize\":%d,\"version\":\"%s\"}"
                        .formatted(
                                Integer.toUnsignedLong(status.hash()),
                                status.revision(),
                                status.totalKeys(),
                                status.totalSize(),
                                status.version());
            case FIELDS ->
                """
                "Hash" : %d
                "Revision" : %d
                "Keys" : %d
                "Size" : %d
                "Version" : %s\
                """.formatted(
                                Integer.toUnsignedLong(status.hash()),
                                status.revision(),
                                status.totalKeys(),
                                status.totalSize(),
                                status.version());
            case TABLE -> table(List.of("HASH", "REVISION", "TOTAL KEYS", "TOTAL SIZE", "VERSION"), cells());
        };
    }

    private List<String> cells() {
        return List.of(
                Integer.toHexString(status.hash()),
                String.valueOf(status.revision()),
                String.valueOf(status.totalKeys()),
                size(status.totalSize()),
                status.version());
    }

    /// Two digits, thousand by thousand: 20480 is `20 kB`, 1536 is `1.5 kB`.
    static String size(long bytes) {
        int unit = 0;
        double rest = bytes;
        while (rest >= 1000) {
            rest /= 1000;
            unit++;
        }
        double rounded = Math.floor(rest * 10 + 0.5) / 10;
        boolean isWhole = bytes < 10 || rounded >= 10;
        // Go rounds a half to the even side here, Java's formatter would round it up.
        return (isWhole ? "%.0f %s" : "%.1f %s").formatted(isWhole ? Math.rint(rounded) : rounded, UNITS[unit]);
    }

    /// One row below its head, which is in the middle; the row is at the right.
    private static String table(List<String> head, List<String> row) {
        var widths = IntStream.range(0, head.size())
                .map(i -> Math.max(head.get(i).length(), row.get(i).length()))
                .toArray();
        var titles = IntStream.range(0, widths.length)
                .mapToObj(i -> {
                    int left = (widths[i] - head.get(i).length()) / 2;
                    return " ".repeat(left)
                            + head.get(i)
                            + " ".repeat(widths[i] - left - head.get(i).length());
                })
                .collect(Collectors.joining(" │ ", "│ ", " │"));
        var values = IntStream.range(0, widths.length)
                .mapToObj(i -> " ".repeat(widths[i] - row.get(i).length()) + row.get(i))
                .collect(Collectors.joining(" │ ", "│ ", " │"));
        return String.join("\n", line(widths, "┌┬┐"), titles, line(widths, "├┼┤"), values, line(widths, "└┴┘"));
    }

    private static String line(int[] widths, String corners) {
        return IntStream.of(widths)
                .mapToObj(width -> "─".repeat(width + 2))
                .collect(Collectors.joining(corners.substring(1, 2), corners.substring(0, 1), corners.substring(2, 3)));
    }
}
