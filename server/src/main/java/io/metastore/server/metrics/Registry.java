package io.metastore.server.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The metrics of one member. Which there can be is a list; a metric is shown from the moment on when somebody asks
/// for its instrument, or says how to look its value up.
public final class Registry {
    private static final String LIST = "metrics.txt";

    private final Map<String, Declaration> declared;
    private final ConcurrentMap<String, Source> sources = new ConcurrentHashMap<>();

    /// Where a metric's values come from.
    private interface Source {
        void write(Exposition text);
    }

    Registry(List<Declaration> declared) {
        this.declared = declared.stream().collect(Collectors.toMap(Declaration::name, each -> each));
    }

    /// With all metrics of a member, none of which is shown yet.
    public static Registry ofMember() {
        try (var list = Registry.class.getResourceAsStream(LIST)) {
            if (list == null) {
                throw new IllegalStateException("the list of metrics is missing");
            }
            return new Registry(new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Declaration::parse)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("the list of metrics cannot be read", e);
        }
    }

    public Counter counter(String name) {
        return counters(name).with();
    }

    public Level level(String name) {
        return levels(name).with();
    }

    public Histogram histogram(String name) {
        return histograms(name).with();
    }

    public Family<Counter> counters(String name) {
        // What etcd calls a gauge although it only counts is counted too.
        var declaration = declaration(name, Kind.COUNTER, Kind.GAUGE);
        var family = new Family<>(declaration, Counter::new);
        add(
                declaration,
                text -> family.forEach((labels, one) -> text.value(declaration, labels, (double) one.value())));
        return family;
    }

    public Family<Level> levels(String name) {
        var declaration = declaration(name, Kind.GAUGE);
        var family = new Family<>(declaration, Level::new);
        add(
                declaration,
                text -> family.forEach((labels, one) -> text.value(declaration, labels, (double) one.value())));
        return family;
    }

    public Family<Histogram> histograms(String name) {
        var declaration = declaration(name, Kind.HISTOGRAM);
        var family = new Family<>(declaration, declaration::histogram);
        add(declaration, text -> family.forEach((labels, one) -> text.histogram(declaration, labels, one)));
        return family;
    }

    /// Looks the value up whenever it is shown.
    public void read(String name, DoubleSupplier value) {
        readEach(name, () -> Stream.of(new Reading(List.of(), value.getAsDouble())));
    }

    /// Looks the values up whenever they are shown.
    public void readEach(String name, Supplier<Stream<Reading>> values) {
        var declaration = declaration(name, Kind.COUNTER, Kind.GAUGE);
        add(declaration, text -> values.get().forEach(one -> text.value(declaration, one.labels(), one.value())));
    }

    /// A summary of which only the number and the sum are known.
    public void readSummary(String name, DoubleSupplier count, DoubleSupplier sum) {
        var declaration = declaration(name, Kind.SUMMARY);
        add(declaration, text -> text.summary(declaration, count.getAsDouble(), sum.getAsDouble()));
    }

    /// All that is shown, in Prometheus's text format 0.0.4.
    public String text() {
        var text = new Exposition();
        new TreeMap<>(sources).values().forEach(source -> source.write(text));
        return text.text();
    }

    private Declaration declaration(String name, Kind... kinds) {
        var declaration = declared.get(name);
        if (declaration == null || !List.of(kinds).contains(declaration.kind())) {
            throw new IllegalArgumentException("no such metric: " + name);
        }
        return declaration;
    }

    private void add(Declaration declaration, Consumer<Exposition> samples) {
        Source source = text -> {
            text.begin(declaration);
            samples.accept(text);
            text.end();
        };
        if (sources.putIfAbsent(declaration.name(), source) != null) {
            throw new IllegalStateException("measured twice: " + declaration.name());
        }
    }
}
