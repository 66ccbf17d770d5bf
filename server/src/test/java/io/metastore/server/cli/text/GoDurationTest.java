package io.metastore.server.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {
    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "-0, PT0S",
        "10ms, PT0.01S",
        "1h30m, PT1H30M",
        "1.5s, PT1.5S",
        ".5m, PT30S",
        "3.h, PT3H",
        "2us, PT0.000002S",
        "2µs, PT0.000002S",
        "2μs, PT0.000002S",
        "7ns, PT0.000000007S",
        "-1m1s, PT-1M-1S",
        "+4s, PT4S",
        "0.1ns, PT0S",
        "1m1h, PT1H1M"
    })
    void whatGoReadsIsRead(String text, Duration expected) {
        assertThat(GoDuration.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "1x", "s", "1 s", "--1s", "1s-1s", ".s", "1d", "99999999999h", "1,5s"})
    void whatGoRefusesIsRefused(String text) {
        assertThatThrownBy(() -> GoDuration.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parse error");
    }
}
