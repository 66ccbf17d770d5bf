package io.metastore.server.raft;

import io.metastore.server.config.RaftConfig;
import io.metastore.server.raft.log.FlushWatermark;
import io.metastore.server.raft.watchdog.Ending;
import io.metastore.server.raft.watchdog.RatisRemedies;
import io.metastore.server.raft.watchdog.RatisVitals;
import io.metastore.server.raft.watchdog.WatchdogLimits;
import io.metastore.server.raft.watchdog.Watchdogs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.server.RaftServer;

/// The watchdogs of one member, from its start to its stop.
final class Watching implements AutoCloseable {
    private final RaftServer server;
    private final RaftGroupId group;
    private final FlushWatermark watermark;
    private final RatisVitals vitals;
    private Optional<Watchdogs> watchdogs = Optional.empty();

    /// Nothing is watched yet.
    ///
    /// @param activity what Ratis does not tell
    Watching(RaftServer server, RaftServer.Division division, FlushWatermark watermark, RatisVitals.Activity activity) {
        this.server = server;
        this.group = division.getMemberId().getGroupId();
        this.watermark = watermark;
        this.vitals = new RatisVitals(server, group, watermark, activity);
    }

    /// A voter answered that it is in this term.
    void termSeen(long term) {
        vitals.termSeen(term);
    }

    /// Ratis runs from now on.
    ///
    /// @param abandon ends the connection to the member at an address
    void start(RaftConfig config, Ending ending, Consumer<String> abandon, Consumer<Boolean> noSpace) {
        var longestElection = Duration.ofMillis(RatisSettings.longestElectionMillis(config));
        watchdogs = Optional.of(Watchdogs.start(
                vitals,
                new RatisRemedies(server, group, abandon, noSpace, ending),
                WatchdogLimits.standard(longestElection)));
    }

    /// How often each kind of action was taken.
    Map<String, Long> firings() {
        return watchdogs.map(Watchdogs::firings).orElse(Map.of());
    }

    /// Before Ratis stops.
    @Override
    public void close() {
        watchdogs.ifPresent(Watchdogs::close);
        try {
            watermark.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the note of the newest flushed entry", e);
        }
    }
}
