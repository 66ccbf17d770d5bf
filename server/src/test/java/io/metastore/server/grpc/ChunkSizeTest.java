package io.metastore.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunkSizeTest {
    /// The target is 1,000 bytes.
    @ParameterizedTest
    @CsvSource({"499, 20", "500, 10", "2000, 10", "2001, 5"})
    void aPartIsFollowedByALargerOrSmallerOneOutsideHalfAndTwiceTheTarget(int bytes, int keys) {
        var size = new ChunkSize(1000);
        assertThat(size.keys()).isEqualTo(10);

        size.sent(bytes);

        assertThat(size.keys()).isEqualTo(keys);
    }

    @ParameterizedTest
    @CsvSource({"5000, 1", "0, 1073741823"})
    void aPartHasAtLeastOneKeyAndNeverTooMany(int bytes, int keys) {
        var size = new ChunkSize(1000);

        for (int i = 0; i < 100; i++) {
            size.sent(bytes);
        }

        assertThat(size.keys()).isEqualTo(keys);
    }
}
