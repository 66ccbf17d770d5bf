package io.metastore.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureGatesTest {
    @Test
    void gatesAreSwitchedOneByOne() {
        var gates = FeatureGates.parse("InitialCorruptCheck=true, CompactHashCheck=F");

        assertThat(gates.isOn("InitialCorruptCheck")).isTrue();
        assertThat(gates.isOn("CompactHashCheck")).isFalse();
        assertThat(FeatureGates.parse("").isOn("FastLeaseKeepAlive")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Foo=true; unrecognized feature gate: Foo",
                "CompactHashCheck; missing bool value for CompactHashCheck",
                "CompactHashCheck=x; invalid value of CompactHashCheck=x, err: strconv.ParseBool: parsing \"x\": invalid"
                        + " syntax"
            })
    void whatCannotBeReadIsRefusedInTheWordsOfEtcd(String text, String words) {
        assertThatThrownBy(() -> FeatureGates.parse(text)).hasMessage(words);
    }
}
