package io.metastore.server.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a metric is. In the list of all of them it is one line:
///
///     histogram etcd_server_range_duration_seconds{success} [0.0001 x20] | The latency distributions of txn.Range
///
/// @param name what Prometheus calls it, with its unit at the end
/// @param labels their names
/// @param bounds of a histogram, ascending, in the unit of the name; `[0.1 x3]` is short for `[0.1 0.2 0.4]`
public record Declaration(Kind kind, String name, List<String> labels, List<Double> bounds, String help) {
    private static final Pattern LINE = Pattern.compile("(\\w+) (\\w+)(?:\\{(.*?)})?(?: \\[(.*?)])? \\| (.*)");
    private static final Pattern DOUBLING = Pattern.compile("(\\S+) x(\\d+)");

    public Declaration {
        labels = List.copyOf(labels);
        bounds = List.copyOf(bounds);
    }

    static Declaration parse(String line) {
        var parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a declaration: " + line);
        }
        return new Declaration(
                Kind.of(parts.group(1)),
                parts.group(2),
                parts.group(3) == null ? List.of() : List.of(parts.group(3).split(",", -1)),
                parts.group(4) == null ? List.of() : bounds(parts.group(4)),
                parts.group(5));
    }

    Histogram histogram() {
        return new Histogram(bounds, smallUnits());
    }

    private double smallUnits() {
        if (name.endsWith("_milliseconds")) {
            return 1e6;
        }
        return name.endsWith("_seconds") ? 1e9 : 1;
    }

    private static List<Double> bounds(String text) {
        var doubling = DOUBLING.matcher(text);
        if (!doubling.matches()) {
            return Stream.of(text.split(" ", -1)).map(Double::valueOf).toList();
        }
        var bounds = new ArrayList<Double>();
        double bound = Double.parseDouble(doubling.group(1));
        for (int i = 0; i < Integer.parseInt(doubling.group(2)); i++) {
            bounds.add(bound);
            bound *= 2;
        }
        return bounds;
    }
}
