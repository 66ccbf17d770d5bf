package io.metastore.server.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a page of metrics is like, without its values: of each metric a line like
///
///     histogram grpc_server_handling_seconds{grpc_method,grpc_service} [0.005 0.01 +Inf]
///
/// @param lines by the name of the metric
record PageShape(Map<String, String> lines) {
    private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final String GOLDEN = "etcd-3.7.1.txt";

    /// What etcd 3.7.1 shows, one member and three, some of which were lost and came back.
    static PageShape ofEtcd() {
        try (var golden = PageShape.class.getResourceAsStream(GOLDEN)) {
            if (golden == null) {
                throw new IllegalStateException(GOLDEN + " is missing");
            }
            return new PageShape(new String(golden.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    // Quantiles are no label that anybody asks for.
                    .map(line -> line.replace("{quantile}", ""))
                    .collect(Collectors.toMap(line -> line.split("[ {]", 3)[1], line -> line)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All that is on any of the pages.
    static PageShape of(List<String> pages) {
        var metrics = new TreeMap<String, Metric>();
        pages.forEach(page -> read(page, metrics));
        var lines = new TreeMap<String, String>();
        metrics.forEach((name, metric) -> lines.put(name, metric.line(name)));
        return new PageShape(lines);
    }

    private static void read(String page, Map<String, Metric> metrics) {
        page.lines().forEach(line -> {
            var words = line.split(" ", 4);
            if (line.startsWith("# TYPE")) {
                metrics.computeIfAbsent(words[2], _ -> new Metric(words[3]));
            } else if (!line.startsWith("#")) {
                var sample = SAMPLE.matcher(line);
                if (!sample.matches()) {
                    throw new AssertionError("not a sample: " + line);
                }
                metric(sample.group(1), metrics).add(sample.group(2) == null ? "" : sample.group(2));
            }
        });
    }

    private static Metric metric(String sample, Map<String, Metric> metrics) {
        var name = metrics.containsKey(sample) ? sample : sample.replaceFirst("_(bucket|sum|count)$", "");
        var metric = metrics.get(name);
        if (metric == null) {
            throw new AssertionError("a sample without a type: " + sample);
        }
        return metric;
    }

    private static final class Metric {
        private final String kind;
        private final TreeSet<String> labels = new TreeSet<>();
        private final Map<String, Boolean> bounds = new LinkedHashMap<>();

        Metric(String kind) {
            this.kind = kind;
        }

        void add(String text) {
            var found = LABEL.matcher(text);
            while (found.find()) {
                if (found.group(1).equals("le")) {
                    bounds.put(found.group(2), true);
                } else {
                    labels.add(found.group(1));
                }
            }
        }

        String line(String name) {
            return kind + " " + name
                    + (labels.isEmpty() ? "" : labels.stream().collect(Collectors.joining(",", "{", "}")))
                    + (bounds.isEmpty() ? "" : bounds.keySet().stream().collect(Collectors.joining(" ", " [", "]")));
        }
    }
}
