package io.metastore.server.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoTimeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "1, 1ns",
        "999, 999ns",
        "59608, 59.608µs",
        "20000, 20µs",
        "1108611, 1.108611ms",
        "100000000, 100ms",
        "1500000000, 1.5s",
        "60000000000, 1m0s",
        "61500000000, 1m1.5s",
        "3600000000000, 1h0m0s",
        "-1000000, -1ms"
    })
    void durationsAreWrittenAsGoWritesThem(long nanos, String text) {
        assertThat(GoTime.text(nanos)).isEqualTo(text);
    }
}
