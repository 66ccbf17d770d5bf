package io.metastore.server.metrics;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// Prometheus's text format 0.0.4, as its library for Go writes it: numbers in Go's shortest form, the samples of a
/// metric in the order of their labels. A metric without samples is left out.
///
///     # HELP etcd_mvcc_put_total Total number of puts seen by this member.
///     # TYPE etcd_mvcc_put_total counter
///     etcd_mvcc_put_total 2
final class Exposition {
    private static final int PLAIN_BELOW = 1_000_000;
    /// Go writes numbers with more digits before the point, or more zeros after it, with an exponent.
    private static final int MOST_DIGITS = 6;

    private static final int MOST_ZEROS = 4;

    private final StringBuilder text = new StringBuilder(1 << 18);
    private final List<String> samples = new ArrayList<>();
    private StringBuilder header = new StringBuilder();

    String text() {
        return text.toString();
    }

    void begin(Declaration declaration) {
        header = new StringBuilder()
                .append("# HELP ")
                .append(declaration.name())
                .append(' ')
                .append(declaration.help().replace("\\", "\\\\"))
                .append("\n# TYPE ")
                .append(declaration.name())
                .append(' ')
                .append(declaration.kind().text())
                .append('\n');
        samples.clear();
    }

    void end() {
        if (!samples.isEmpty()) {
            text.append(header);
            samples.stream().sorted().forEach(text::append);
        }
    }

    void value(Declaration declaration, List<String> labels, double value) {
        samples.add(line(declaration.name(), labels(declaration, labels), number(value)));
    }

    void summary(Declaration declaration, double count, double sum) {
        samples.add(line(declaration.name() + "_sum", "", number(sum))
                + line(declaration.name() + "_count", "", number(count)));
    }

    void histogram(Declaration declaration, List<String> values, Histogram histogram) {
        var name = declaration.name();
        var labels = labels(declaration, values);
        var sample = new StringBuilder();
        long below = 0;
        var counts = histogram.counts();
        for (int i = 0; i < counts.length; i++) {
            below += counts[i];
            var bound =
                    i < histogram.bounds().size() ? number(histogram.bounds().get(i)) : "+Inf";
            var separator = labels.isEmpty() ? "" : ",";
            sample.append(line(name + "_bucket", labels + separator + "le=\"" + bound + "\"", number((double) below)));
        }
        sample.append(line(name + "_sum", labels, number(histogram.sum())));
        sample.append(line(name + "_count", labels, number((double) below)));
        samples.add(sample.toString());
    }

    private static String line(String name, String labels, String number) {
        return (labels.isEmpty() ? name : name + "{" + labels + "}") + " " + number + "\n";
    }

    private static String labels(Declaration declaration, List<String> values) {
        var labels = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            labels.append(i == 0 ? "" : ",")
                    .append(declaration.labels().get(i))
                    .append("=\"")
                    .append(values.get(i)
                            .replace("\\", "\\\\")
                            .replace("\"", "\\\"")
                            .replace("\n", "\\n"))
                    .append('"');
        }
        return labels.toString();
    }

    /// As Go's `strconv.FormatFloat(value, 'g', -1, 64)`.
    ///
    ///     2 → 2     0.001 → 0.001     20480 → 20480     2147483648 → 2.147483648e+09     0.00001 → 1e-05
    static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < PLAIN_BELOW) {
            return Long.toString((long) value);
        }
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
        }
        var decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = decimal.precision() - decimal.scale() - 1;
        if (exponent >= -MOST_ZEROS && exponent < MOST_DIGITS) {
            return decimal.toPlainString();
        }
        var digits = decimal.unscaledValue().abs().toString();
        var fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        return (value < 0 ? "-" : "") + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+")
                + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }
}
