package io.metastore.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryTest {
    private final Registry registry = new Registry(Stream.of(
                    "counter puts_total | Puts.",
                    "counter ends_total{code,method} | Ends by code.",
                    "gauge open | What is open.",
                    "histogram wait_seconds [0.001 x3] | Waiting.",
                    "histogram ttl_total{kind} [1 2.5] | A \\ in help.",
                    "summary pause_seconds | Pauses.")
            .map(Declaration::parse)
            .toList());

    @Test
    void aMetricIsShownFromZeroOnceSomebodyHasItsInstrument() {
        assertThat(registry.text()).isEmpty();

        registry.counter("puts_total");

        assertThat(registry.text()).isEqualTo("""
                # HELP puts_total Puts.
                # TYPE puts_total counter
                puts_total 0
                """);
    }

    @Test
    void seriesStandInTheOrderOfTheirLabels() {
        var ends = registry.counters("ends_total");
        ends.with("OK", "Put").add(2);
        ends.with("Aborted", "a\"b\\c\nd").increment();

        assertThat(registry.text()).isEqualTo("""
                # HELP ends_total Ends by code.
                # TYPE ends_total counter
                ends_total{code="Aborted",method="a\\"b\\\\c\\nd"} 1
                ends_total{code="OK",method="Put"} 2
                """);
    }

    @Test
    void aFamilyWithoutSeriesIsNotShown() {
        registry.counters("ends_total");

        assertThat(registry.text()).isEmpty();
    }

    @Test
    void aHistogramTellsHowManyValuesAreAtOrBelowEachBound() {
        var wait = registry.histogram("wait_seconds");
        Stream.of(1_000_000L, 1_000_001L, 4_000_000L, 5_000_000_000L).forEach(wait::observe);

        assertThat(registry.text()).isEqualTo("""
                # HELP wait_seconds Waiting.
                # TYPE wait_seconds histogram
                wait_seconds_bucket{le="0.001"} 1
                wait_seconds_bucket{le="0.002"} 2
                wait_seconds_bucket{le="0.004"} 3
                wait_seconds_bucket{le="+Inf"} 4
                wait_seconds_sum 5.006000001
                wait_seconds_count 4
                """);
    }

    @Test
    void labelsOfAHistogramStandBeforeTheBound() {
        registry.histograms("ttl_total").with("a").observe(2);

        assertThat(registry.text()).isEqualTo("""
                # HELP ttl_total A \\\\ in help.
                # TYPE ttl_total histogram
                ttl_total_bucket{kind="a",le="1"} 0
                ttl_total_bucket{kind="a",le="2.5"} 1
                ttl_total_bucket{kind="a",le="+Inf"} 1
                ttl_total_sum{kind="a"} 2
                ttl_total_count{kind="a"} 1
                """);
    }

    @Test
    void whatIsReadIsReadWhenItIsShown() {
        var level = registry.level("open");
        level.add(5);
        level.add(-2);
        registry.readSummary("pause_seconds", () -> 3, () -> 0.25);

        assertThat(registry.text()).contains("\nopen 3\n").contains("pause_seconds_sum 0.25\npause_seconds_count 3\n");
    }

    @Test
    void aMetricIsMeasuredOnce() {
        registry.counter("puts_total");

        assertThatThrownBy(() -> registry.counter("puts_total")).hasMessage("measured twice: puts_total");
    }

    @Test
    void whatIsNotDeclaredSoIsRefused() {
        assertThatThrownBy(() -> registry.counter("gets_total")).hasMessage("no such metric: gets_total");
        assertThatThrownBy(() -> registry.histogram("puts_total")).hasMessage("no such metric: puts_total");
        assertThatThrownBy(() -> registry.counters("ends_total").with("OK"))
                .hasMessage("ends_total has other labels than [OK]");
        assertThatThrownBy(() -> Declaration.parse("counter puts_total")).hasMessageContaining("not a declaration");
    }

    @Test
    void labelsCannotFillTheMemory() {
        var ends = registry.counters("ends_total");
        for (int i = 0; i < 10_000; i++) {
            ends.with("OK", String.valueOf(i));
        }

        assertThat(ends.with("OK", "1")).isNotNull();
        assertThatThrownBy(() -> ends.with("OK", "one more")).hasMessageContaining("too many combinations");
    }

    @Test
    void nothingThatIsCountedOnManyThreadsIsLost() throws InterruptedException {
        var puts = registry.counter("puts_total");
        var wait = registry.histogram("wait_seconds");
        var threads = Stream.generate(() -> Thread.ofPlatform().unstarted(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        puts.increment();
                        wait.observe(i);
                    }
                }))
                .limit(4)
                .toList();
        threads.forEach(Thread::start);
        for (var thread : threads) {
            thread.join();
        }

        assertThat(List.of(puts.value(), wait.count())).containsOnly(40_000L);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "2, 2",
        "-1, -1",
        "999999, 999999",
        "1000000, 1e+06",
        "1048576, 1.048576e+06",
        "2147483648, 2.147483648e+09",
        "18446744073709551616, 1.8446744073709552e+19",
        "0.001, 0.001",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "1.5, 1.5",
        "-0.25, -0.25",
        "123456.75, 123456.75",
        "NaN, NaN",
        "Infinity, +Inf",
        "-Infinity, -Inf",
        "1e300, 1e+300"
    })
    void numbersAreWrittenAsGoWritesThem(double number, String text) {
        assertThat(Exposition.number(number)).isEqualTo(text);
    }
}
