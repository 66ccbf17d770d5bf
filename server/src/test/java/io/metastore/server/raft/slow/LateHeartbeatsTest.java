package io.metastore.server.raft.slow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LateHeartbeatsTest {
    private static final Duration PERIOD = Duration.ofMillis(500);

    private final List<Warning> told = new ArrayList<>();
    private long now;
    private final LateHeartbeats heartbeats = new LateHeartbeats(() -> now, told::add);

    @Test
    void itIsSaidInEtcdsWordsWithItsFields() {
        heartbeats.late("8e9e05c52164694d", PERIOD, Duration.ofMillis(1250));

        assertThat(told).singleElement().satisfies(warning -> {
            assertThat(warning.text())
                    .isEqualTo("leader failed to send out heartbeat on time; took too long, leader is overloaded likely"
                            + " from slow disk");
            assertThat(warning.fields())
                    .isEqualTo(Map.of(
                            "to", "8e9e05c52164694d",
                            "heartbeat-interval", "500ms",
                            "expected-duration", "1s",
                            "exceeded-duration", "250ms"));
        });
    }

    @Test
    void eachMemberIsNamedEveryTenSecondsAtMost() {
        for (int second = 0; second < 20; second++) {
            heartbeats.late("one", PERIOD, Duration.ofSeconds(2));
            heartbeats.late("two", PERIOD, Duration.ofSeconds(2));
            now += 1_000_000_000L;
        }

        assertThat(told).extracting(warning -> warning.fields().get("to")).containsExactly("one", "two", "one", "two");
        assertThat(told.getLast().fields()).containsEntry("more-since-last-said", 9L);
    }
}
