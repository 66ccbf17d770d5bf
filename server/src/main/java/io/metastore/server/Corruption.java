package io.metastore.server;

import io.metastore.server.config.ServerConfig;
import io.metastore.server.consensus.Consensus;
import io.metastore.server.upkeep.CorruptionAtStart;
import io.metastore.server.upkeep.CorruptionMonitor;
import io.metastore.server.upkeep.CorruptionSettings;
import io.metastore.server.upkeep.OwnHistory;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// Comparisons of this member's data with the others', as they are configured.
final class Corruption {
    private static final Duration AT_START = Duration.ofSeconds(7);

    private Corruption() {}

    /// @throws IOException when the data of this member differ from another one's at the start
    static void watch(Consensus consensus, OwnHistory history, ServerConfig all, Closing closing) throws IOException {
        if (all.storage().isWitness()) {
            return; // it has no data to compare
        }
        var config = all.corruption();
        if (config.atStart()) {
            var different = CorruptionAtStart.differences(consensus, history, AT_START);
            if (!different.isEmpty()) {
                throw new IOException(consensus.state().self() + " found data inconsistency with peers " + different
                        + ": remove this member and add it anew with an empty data directory");
            }
        }
        var settings = new CorruptionSettings(
                Optional.of(config.period()).filter(Duration::isPositive),
                Optional.of(config.compactionPeriod()).filter(_ -> config.compactions()));
        if (settings.newest().isPresent() || settings.compactions().isPresent()) {
            closing.later(CorruptionMonitor.start(consensus, history, settings));
        }
    }
}
