package io.metastore.server.datadir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.config.StorageEngine;
import io.metastore.server.model.MemberId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class IdentityTest {
    private static final Identity IDENTITY = new Identity(
            Identity.FORMAT,
            StorageEngine.ROCKSDB,
            0xcdf818194e3a8c32L,
            new MemberId(0x8e9e05c52164694dL),
            "m ö",
            Beginning.LEARNER,
            true);

    @Test
    void itIsReadBackAsItWasWritten() {
        assertThat(Identity.decoded(IDENTITY.encoded())).isEqualTo(IDENTITY);
    }

    @Test
    void itsTextStaysReadableForLaterReleases() {
        assertThat(new String(IDENTITY.encoded(), StandardCharsets.UTF_8)).isEqualTo("""
                format=3
                engine=rocksdb
                cluster=cdf818194e3a8c32
                member=8e9e05c52164694d
                name=m ö
                beginning=learner
                bootstrapped=true
                checksum=76f267be
                """);
    }

    @Test
    void everyFlippedBitIsNoticed() {
        byte[] good = IDENTITY.encoded();

        for (int bit = 0; bit < 8 * (good.length - 1); bit++) {
            byte[] damaged = good.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);

            assertThatThrownBy(() -> Identity.decoded(damaged))
                    .as("bit %d", bit)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void everyCutIsNoticed() {
        byte[] good = IDENTITY.encoded();

        for (int length = 0; length < good.length - 1; length++) {
            byte[] cut = Arrays.copyOf(good, length);

            assertThatThrownBy(() -> Identity.decoded(cut))
                    .as("%d bytes", length)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aNewerFormatIsRefusedAsSuchAndNotAsDamage() {
        var newer = new Identity(4, IDENTITY.engine(), 1, new MemberId(2), "m", Beginning.FOUNDER, false);

        assertThatThrownBy(() -> Identity.decoded(newer.encoded())).hasMessageContaining("newer release (format 4");
    }

    @Test
    void anOlderFormatIsRefusedSinceItsRowsWouldBeMisread() {
        var older = new Identity(2, IDENTITY.engine(), 1, new MemberId(2), "m", Beginning.FOUNDER, false);

        assertThatThrownBy(() -> Identity.decoded(older.encoded())).hasMessageContaining("older release (format 2");
    }
}
