package io.metastore.server.raft.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.raft.log.RatisMember.Launch;
import io.metastore.server.raft.log.RatisMember.Store;
import io.metastore.server.raft.watchdog.DeadThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.ratis.server.RaftServerConfigKeys.Snapshot;
import org.apache.ratis.server.protocol.TermIndex;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The checks against a whole Ratis server: first the danger, then the guard.
class LogCheckIT {
    private static final Evidence NOTHING_KNOWN = new Evidence(TermIndex.INITIAL_VALUE, -1);

    @TempDir
    Path directory;

    @Test
    void aMemberWithATornTailStartsOnlyAfterTheCheckAndHasEveryAcknowledgedEntry() throws IOException {
        var image = directory.resolve("image");
        long acknowledged = 0;
        try (var member = RatisMember.start(new Store(TermIndex.INITIAL_VALUE), Launch.at(directory.resolve("live")))) {
            for (var i = 0; i < 20; i++) {
                acknowledged = member.write(300);
            }
            RatisMember.copy(directory.resolve("live"), image);
        }
        tearOneMoreWrite(RatisMember.group(image));
        var unguarded = directory.resolve("unguarded");
        RatisMember.copy(image, unguarded);
        assertThatThrownBy(() -> RatisMember.launch(new Store(TermIndex.INITIAL_VALUE), Launch.at(unguarded))
                        .division())
                .hasStackTraceContaining("ChecksumException");

        var log = LogCheck.run(RatisMember.group(image), NOTHING_KNOWN, Depth.FULL);

        assertThat(log.cutBytes()).isPositive();
        assertThat(log.last().getIndex()).isGreaterThanOrEqualTo(acknowledged);
        var store = new Store(TermIndex.INITIAL_VALUE);
        try (var member = RatisMember.start(store, Launch.at(image))) {
            assertThat(member.write(1)).isGreaterThan(acknowledged);
            assertThat(store.getLastAppliedTermIndex().getIndex()).isGreaterThan(acknowledged);
        }
    }

    @Test
    void aStoreThatLostWhatTheLogNoLongerHasMakesAZombieLeaderUnlessTheStartIsRefused() throws IOException {
        var storage = directory.resolve("zombie");
        var properties = RatisMember.settings(storage);
        Snapshot.setAutoTriggerEnabled(properties, true);
        Snapshot.setAutoTriggerThreshold(properties, 50);
        Snapshot.setCreationGap(properties, 1);
        var store = new Store(TermIndex.INITIAL_VALUE);
        var builder = new Launch(storage, properties, new ThreadGroup("raft"));
        try (var member = RatisMember.start(store, builder)) {
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
                for (var i = 0; i < 50; i++) {
                    member.write(1000);
                }
                return member.division().getRaftLog().getStartIndex() > 0;
            });
        }
        var group = RatisMember.group(storage);
        assertThat(LogCheck.run(group, kept(store.getLastAppliedTermIndex()), Depth.FULL)
                        .first())
                .isPositive();
        assertThatThrownBy(() -> LogCheck.run(group, NOTHING_KNOWN, Depth.QUICK))
                .isInstanceOf(UnusableLogException.class)
                .hasMessageContaining("the log begins with entry");

        assertThat(deathsWithout(storage)).isNotEmpty();
    }

    /// Starts it all the same; returns the threads that died.
    private static List<String> deathsWithout(Path storage) throws IOException {
        var deaths = new CopyOnWriteArrayList<String>();
        var threads = new DeadThreads(deaths::add).group("zombie");
        var builder = new Launch(storage, RatisMember.settings(storage), threads);
        try (var _ = RatisMember.launch(new Store(TermIndex.INITIAL_VALUE), builder)) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !deaths.isEmpty());
        }
        return deaths;
    }

    private static Evidence kept(TermIndex applied) {
        return new Evidence(TermIndex.INITIAL_VALUE, applied.getIndex());
    }

    /// The first 30 bytes of one more record, then the zeros that were preallocated.
    private static void tearOneMoreWrite(Path group) throws IOException {
        var open = SegmentFile.in(group).getLast();
        assertThat(open.open()).isTrue();
        LogRecord last;
        try (var segment = Segment.map(open)) {
            last = segment.walk(LogRecord.before(open, 0), open.last(), Depth.FULL);
        }
        var bytes = Files.readAllBytes(open.path());
        var torn = Arrays.copyOf(bytes, Math.max(bytes.length, last.end() + 1000));
        System.arraycopy(bytes, last.offset(), torn, last.end(), 30);
        Files.write(open.path(), torn);
    }
}
