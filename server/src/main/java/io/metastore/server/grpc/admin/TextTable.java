package io.metastore.server.grpc.admin;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Rows in columns, for a person's eyes.
///
///     ID  NAME
///     1   m1
///     2a  -
final class TextTable {
    private static final String GAP = "  ";

    private TextTable() {}

    /// @param rows each as long as `head`
    static String of(List<String> head, List<List<String>> rows) {
        var widths = IntStream.range(0, head.size())
                .map(column -> Math.max(
                        head.get(column).length(),
                        rows.stream()
                                .mapToInt(row -> row.get(column).length())
                                .max()
                                .orElse(0)))
                .toArray();
        return line(head, widths)
                + rows.stream().map(row -> "\n" + line(row, widths)).collect(Collectors.joining());
    }

    private static String line(List<String> cells, int[] widths) {
        return IntStream.range(0, cells.size())
                .mapToObj(column -> cells.get(column)
                        + " ".repeat(widths[column] - cells.get(column).length()))
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }
}
