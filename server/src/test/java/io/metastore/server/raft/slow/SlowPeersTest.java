package io.metastore.server.raft.slow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class SlowPeersTest {
    private static final long SLOW = Duration.ofMillis(300).toNanos();
    private static final long QUICK = Duration.ofMillis(2).toNanos();

    private final List<Warning> told = new ArrayList<>();
    private long now = Long.MAX_VALUE - 1_000; // it may go round
    private final SlowPeers peers =
            new SlowPeers(SlowPeers.Limits.standard(Duration.ofSeconds(1)), () -> now, told::add);

    @Test
    void aMomentOfTroubleIsNotWorthAWord() {
        each(4, () -> peers.silent("m2"));
        peers.answered("m2", QUICK);
        each(9, () -> peers.answered("m2", SLOW));
        peers.answered("m2", QUICK);
        each(9, () -> peers.lags("m2", 6_000));
        peers.lags("m2", 0);

        assertThat(told).isEmpty();
        assertThat(peers.told()).isEmpty();
    }

    @Test
    void aMemberThatDoesNotAnswerIsNamedWithHowLongAndAgainEveryMinuteAndWhenItIsOver() {
        each(70, () -> peers.silent("m2"));
        assertThat(peers.told()).containsExactly(new SlowPeers.Key("m2", SlowPeers.Reason.NO_ANSWER));
        peers.answered("m2", QUICK);

        assertThat(told)
                .extracting(Warning::text)
                .containsExactly("a member does not answer", "a member does not answer", "a member answers again");
        assertThat(told).extracting(warning -> warning.fields().get("for")).containsExactly("5s", "1m5s", "1m10s");
        assertThat(told).allSatisfy(warning -> assertThat(warning.fields()).containsEntry("peer", "m2"));
        assertThat(told).extracting(Warning::level).containsExactly(Level.WARN, Level.WARN, Level.INFO);
        assertThat(peers.told()).isEmpty();
    }

    @Test
    void slowAnswersAreToldWithTheirTime() {
        each(12, () -> peers.answered("m2", SLOW));

        assertThat(told).singleElement().satisfies(warning -> {
            assertThat(warning.text()).isEqualTo("a member answers slowly");
            assertThat(warning.fields())
                    .containsEntry("round-trip", "300ms")
                    .containsEntry("expected", "250ms")
                    .containsEntry("for", "10s");
        });
    }

    @Test
    void aMemberFarBehindIsToldWithHowFar() {
        each(12, () -> peers.lags("m3", 7_000));

        assertThat(told).singleElement().satisfies(warning -> {
            assertThat(warning.text()).isEqualTo("a member is far behind the leader");
            assertThat(warning.fields()).containsEntry("entries", 7_000L).containsEntry("peer", "m3");
        });
        peers.leadsNoMore();
        assertThat(peers.told()).isEmpty();
    }

    @Test
    void ofAMemberThatIsGoneNothingIsSaidAnyMore() {
        each(6, () -> peers.silent("m2"));
        peers.only(Set.of("m3"));

        assertThat(peers.told()).isEmpty();
        each(4, () -> peers.silent("m2"));
        assertThat(told).hasSize(1);
    }

    /// So often, a second after each other.
    private void each(int times, Runnable event) {
        for (int time = 0; time < times; time++) {
            event.run();
            now += 1_000_000_000L;
        }
    }
}
