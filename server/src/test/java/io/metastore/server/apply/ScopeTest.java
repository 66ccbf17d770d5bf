package io.metastore.server.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.seed.Seed;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.MemoryStorage;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a member keeps that holds no keys.
class ScopeTest {
    private static final int ENTRIES = 2000;
    /// All but the counters and positions, of which some count keys.
    private static final Set<Column> WHO_BELONGS = EnumSet.of(Column.ALARMS, Column.MEMBERS, Column.AUTH);
    private static final Set<Column> KEYS = EnumSet.of(Column.CURRENT, Column.EVENTS, Column.HISTORY, Column.LEASES);

    private final long seed = Seed.take();
    private final List<RandomLog.Logged> log = RandomLog.of(new Random(seed), ENTRIES);

    @Test
    void whoBelongsToTheClusterIsTheSameWithoutKeys() {
        try (var whole = MemoryStorage.volatileOnly();
                var part = MemoryStorage.volatileOnly()) {
            var everything = new Replica(whole);
            var membership = new Replica(part, Scope.MEMBERSHIP);
            for (var logged : log) {
                var kept = logged.applyTo(everything);
                assertThat(logged.applyTo(membership).getClass()).isEqualTo(kept.getClass());
            }

            assertThat(membership.applier.members()).isEqualTo(everything.applier.members());
            for (var column : WHO_BELONGS) {
                assertThat(membership.rows().get(column))
                        .isEqualTo(everything.rows().get(column));
            }
            for (var column : KEYS) {
                assertThat(membership.rows().get(column)).isEmpty();
                assertThat(everything.rows().get(column)).isNotEmpty();
            }
        }
    }

    @Test
    void aMemberWithoutKeysTakesOverThePartThatItKeeps(@TempDir Path directory) {
        try (var whole = MemoryStorage.volatileOnly();
                var part = MemoryStorage.open(directory.resolve("part"))) {
            var everything = new Replica(whole);
            var membership = new Replica(part, Scope.MEMBERSHIP);
            log.subList(0, ENTRIES / 2).forEach(logged -> logged.applyTo(everything));

            var position = everything.applier.checkpoint(directory.resolve("checkpoint"), Scope.MEMBERSHIP);
            membership.applier.install(directory.resolve("checkpoint"));
            assertThat(membership.applier.applied()).isEqualTo(position);
            log.subList(ENTRIES / 2, ENTRIES).forEach(logged -> {
                logged.applyTo(everything);
                logged.applyTo(membership);
            });

            assertThat(membership.applier.members()).isEqualTo(everything.applier.members());
            for (var column : WHO_BELONGS) {
                assertThat(membership.rows().get(column))
                        .isEqualTo(everything.rows().get(column));
            }
            for (var column : KEYS) {
                assertThat(membership.rows().get(column)).isEmpty();
            }
        }
    }
}
