package io.metastore.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseTest {
    /// As the real etcd takes them for the target of a downgrade.
    @ParameterizedTest
    @ValueSource(strings = {"3.6", "3.6.0", "3.6.5", "03.6.0", "3.06.0", "3.6.9-rc.1"})
    void aVersionIsTakenWithoutItsPatch(String text) {
        assertThat(Release.parse(text)).contains(new Release(3, 6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "3.x", "v3.6", "3.6.0.0", " 3.6.0", "3.6 ", "nonsense"})
    void whatIsNoVersionIsNone(String text) {
        assertThat(Release.parse(text)).isEmpty();
    }

    @Test
    void belowIsTheMinorBefore() {
        assertThat(Release.CURRENT.below()).hasToString("3.6");
        assertThat(Release.CURRENT.full()).isEqualTo("3.7.0");
    }
}
