package io.metastore.server.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceRecordTest {
    @Test
    void theTargetHasNoDotAtTheEnd() {
        assertThat(ServiceRecord.parse("10 60 2380 a.example.com."))
                .isEqualTo(new ServiceRecord(10, 60, 2380, "a.example.com"));
    }

    @Test
    void lowPrioritiesComeFirstAndThenLargeWeights() {
        var sorted = Stream.of("1 9 1 a.", "0 1 1 a.", "0 2 2 b.", "0 2 1 b.")
                .map(ServiceRecord::parse)
                .sorted(ServiceRecord.ORDER)
                .map(record -> record.target() + record.port())
                .toList();

        assertThat(sorted).containsExactly("b1", "b2", "a1", "a1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1 2 3", "a b c d.", "1 2 345678 a."})
    void anyOtherTextIsRefused(String text) {
        assertThatThrownBy(() -> ServiceRecord.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
