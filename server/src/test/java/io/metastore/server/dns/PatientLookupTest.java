package io.metastore.server.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatientLookupTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private long now;
    private int asked;

    @Test
    void aNameThatIsNotThereYetIsAskedForAgain() throws UnknownHostException {
        assertThat(lookup(3).find("a")).isEqualTo(HERE);

        assertThat(asked).isEqualTo(3);
        assertThat(Duration.ofNanos(now)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void afterHalfAMinuteWhatIsNotThereIsUnknown() {
        var lookup = lookup(Integer.MAX_VALUE);
        for (var host : List.of("a", "b")) {
            assertThatThrownBy(() -> lookup.find(host))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessage(host);
        }

        assertThat(Duration.ofNanos(now)).isEqualTo(Duration.ofSeconds(30));
        assertThat(asked).isEqualTo(32);
    }

    @Test
    void whoIsInterruptedWaitsNoLonger() {
        var lookup = new PatientLookup(
                host -> {
                    throw new UnknownHostException(host);
                },
                () -> now,
                _ -> {
                    throw new InterruptedException();
                });

        assertThatThrownBy(() -> lookup.find("a")).isInstanceOf(UnknownHostException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    /// Knows the name when it is asked for the n-th time.
    private PatientLookup lookup(int knownAt) {
        return new PatientLookup(
                host -> {
                    asked++;
                    if (asked < knownAt) {
                        throw new UnknownHostException(host);
                    }
                    return HERE;
                },
                () -> now,
                time -> now += time.toNanos());
    }
}
