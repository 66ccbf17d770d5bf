package io.metastore.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OldGenerationTest {
    @ParameterizedTest(name = "{0} MB live of {1} MB")
    @CsvSource({"0, 1000, 48", "10, 1000, 48", "24, 1000, 48", "60, 1000, 120", "300, 1000, 600"})
    void isCollectedWhenItHasDoubled(long live, long limit, long threshold) {
        assertThat(OldGeneration.threshold(live << 20, limit << 20)).isEqualTo(threshold << 20);
    }

    @ParameterizedTest(name = "{0} MB live of {1} MB")
    @CsvSource({"400, 1000, 700", "1000, 1000, 1000", "10, 50, 30"})
    void isCollectedHalfwayToItsLimitAtTheLatest(long live, long limit, long threshold) {
        assertThat(OldGeneration.threshold(live << 20, limit << 20)).isEqualTo(threshold << 20);
    }
}
