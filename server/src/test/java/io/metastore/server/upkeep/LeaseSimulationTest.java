package io.metastore.server.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.consensus.LeaseAnswer;
import io.metastore.server.consensus.LeaseAnswer.Alive;
import io.metastore.server.model.LeaseId;
import io.metastore.server.request.Command.RevokeLease;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Reason;
import io.metastore.server.seed.Seed;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;

/// Random renewals, slow and lost proposals and changes of leader. Two things must hold whatever happens:
///
/// - who was told that his lease is alive has it for its whole TTL from then on;
/// - a change of leader gives a lease at most about twice what was left of it.
class LeaseSimulationTest {
    private static final int LEASES = 6;
    private static final int STEPS = 10_000;
    private static final long TICK_MILLIS = Leases.SETTINGS.tick().toMillis();

    /// A note is made at most every second and up to a tick late, and its seconds are rounded up.
    private static final long SLACK_MILLIS = 3_000;

    /// Within this time a refused note is made again.
    private static final long RETRIED_MILLIS = Leases.SETTINGS.retry().toMillis() + 2 * TICK_MILLIS;

    private final long seed = Seed.take();
    private final Random random = new Random(seed);
    private final Leases leases = new Leases();

    /// Until when each lease was promised to live.
    private final Map<Long, Long> promised = new HashMap<>();

    private long now;
    private long lastRefusal;

    @RepeatedTest(10)
    void nobodyLosesALeaseTooEarlyOrKeepsItTooLong() {
        try (leases) {
            leases.lead();
            int ended = 0;
            for (int step = 0; step < STEPS; step++) {
                grantMissing();
                tick();
                act();
                ended += endedLeases();
            }
            assertThat(ended).isGreaterThan(50);
        }
    }

    private void grantMissing() {
        for (long id = 1; id <= LEASES; id++) {
            if (!leases.exists(id)) {
                long ttl = random.nextLong(2, 32);
                leases.grant(id, ttl);
                promised.put(id, now + ttl * 1000);
            }
        }
    }

    private void tick() {
        leases.time.pass(Duration.ofMillis(TICK_MILLIS));
        now += TICK_MILLIS;
        leases.turn();
    }

    private void act() {
        switch (random.nextInt(200)) {
            case 0, 1, 3, 4, 5 -> renew(random.nextLong(1, LEASES + 1));
            case 6 -> {
                if (now - lastRefusal > RETRIED_MILLIS) {
                    changeLeader();
                }
            }
            case 7, 8 -> {
                leases.proposer.refuseAll(Reason.TIMED_OUT);
                lastRefusal = now;
            }
            default -> {
                if (random.nextInt(3) == 0) {
                    leases.settle(_ -> true);
                }
            }
        }
    }

    /// The promise begins when the answer is given, which may be much later.
    private void renew(long id) {
        leases.keeper.renew(LeaseId.of(id), answer -> {
            if (answer instanceof Alive alive) {
                promised.put(id, now + alive.remainingMillis());
            }
        });
        leases.turn();
    }

    /// The notes on their way make it, the ends do not: nothing of the old leadership takes effect later.
    private void changeLeader() {
        leases.turn();
        while (!leases.proposer.pending().stream().allMatch(RevokeLease.class::isInstance)) {
            leases.proposer.refuseOnly(RevokeLease.class, Reason.TIMED_OUT, leases::apply);
            leases.turn();
        }
        var left = new HashMap<Long, OptionalLong>();
        for (long id = 1; id <= LEASES; id++) {
            left.put(id, left(id));
        }
        leases.keeper.end();
        leases.proposer.answerAll(_ -> new Outcome.Refused(Reason.LEADER_CHANGED));
        leases.lead();
        left.forEach((id, before) -> {
            long after = left(id).orElseThrow();
            assertThat(after).isLessThanOrEqualTo(2 * before.orElse(0) + SLACK_MILLIS);
            assertThat(now + after).isGreaterThanOrEqualTo(before.isPresent() ? promised.getOrDefault(id, 0L) : 0);
        });
    }

    private OptionalLong left(long id) {
        LeaseAnswer answer = leases.timeToLive(id).getFirst();
        return answer instanceof Alive alive ? OptionalLong.of(alive.remainingMillis()) : OptionalLong.empty();
    }

    private int endedLeases() {
        int ended = 0;
        for (long id = 1; id <= LEASES; id++) {
            if (!leases.exists(id)) {
                assertThat(now).isGreaterThanOrEqualTo(promised.getOrDefault(id, 0L));
                ended++;
            }
        }
        return ended;
    }
}
