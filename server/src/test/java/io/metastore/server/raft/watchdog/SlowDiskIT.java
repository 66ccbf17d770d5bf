package io.metastore.server.raft.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.raft.log.FlushWatermark;
import io.metastore.server.raft.log.RatisMember;
import io.metastore.server.raft.log.RatisMember.Launch;
import io.metastore.server.raft.log.RatisMember.Store;
import io.metastore.server.raft.watchdog.RatisVitals.Activity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.server.RaftServerConfigKeys.Log;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.statemachine.StateMachine;
import org.apache.ratis.statemachine.TransactionContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The watchdogs on a real server: a leader whose log worker hangs, as it does in a flush that never ends.
class SlowDiskIT {
    @TempDir
    Path storage;

    private final List<String> endings = new CopyOnWriteArrayList<>();
    private final CountDownLatch hang = new CountDownLatch(1);

    @Test
    void aLeaderWhoseDiskHangsLeadsOnUntilTheWatchdogHaltsIt() throws IOException {
        var properties = RatisMember.settings(storage);
        Log.StateMachineData.setSync(properties, true);
        var store = new HangingStore();
        try (var member = RatisMember.start(store, new Launch(storage, properties, new ThreadGroup("raft")));
                var watermark = FlushWatermark.open(storage.resolve("flushed"))) {
            var vitals = vitals(member, watermark);
            try (var watchdogs = Watchdogs.start(vitals, remedies(member), limits())) {
                var last = member.write(100);
                Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> noted() >= last);
                assertThat(endings).isEmpty();

                store.hangs = true;
                var lost = member.writeAsync(100);

                Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !endings.isEmpty());
                assertThat(endings.getFirst()).contains("has waited for the disk");
                assertThat(watchdogs.firings(Action.Halt.class)).isPositive();
                assertThat(lost).isNotDone();
                assertThat(vitals.observe().leader())
                        .as("without the watchdog it leads on")
                        .isTrue();
                assertThat(noted())
                        .as("an entry that is not on disk is not noted")
                        .isEqualTo(last);
            } finally {
                store.hangs = false;
                hang.countDown();
            }
        }
    }

    @Test
    void aHealthyLeaderIsSeenAsItIs() throws IOException {
        try (var member = RatisMember.start(new Store(TermIndex.INITIAL_VALUE), Launch.at(storage));
                var watermark = FlushWatermark.open(storage.resolve("flushed"))) {
            var vitals = vitals(member, watermark);
            vitals.termSeen(99);
            var seen = vitals.observe();
            assertThat(seen.leader()).isTrue();
            assertThat(seen.life().isRunning()).isTrue();
            assertThat(seen.terms().own()).isPositive();
            assertThat(seen.terms().foreign()).isEqualTo(99);
            assertThat(seen.membership().configured()).isEmpty();
            assertThat(seen.space().free()).isBetween(1L, seen.space().total());

            var last = member.write(10);

            var log = vitals.log();
            assertThat(log.last()).isGreaterThanOrEqualTo(last);
            assertThat(log.waitsForDisk()).isFalse();
        }
    }

    private long noted() {
        return FlushWatermark.read(storage.resolve("flushed")).getIndex();
    }

    private static RatisVitals vitals(RatisMember member, FlushWatermark watermark) {
        return new RatisVitals(member.server(), RatisMember.GROUP, watermark, new Activity(() -> false, () -> false));
    }

    private RatisRemedies remedies(RatisMember member) {
        return new RatisRemedies(member.server(), RatisMember.GROUP, _ -> {}, _ -> {}, new ToldEnding(endings::add));
    }

    private static WatchdogLimits limits() {
        return WatchdogLimits.standard(Duration.ofSeconds(1));
    }

    /// Makes the log worker wait, at will, for data of the state machine that never comes.
    private class HangingStore extends Store implements StateMachine.DataApi {
        private volatile boolean hangs;

        HangingStore() {
            super(TermIndex.INITIAL_VALUE);
        }

        @Override
        public TransactionContext startTransaction(RaftClientRequest request) throws IOException {
            return TransactionContext.newBuilder()
                    .setStateMachine(this)
                    .setClientRequest(request)
                    .setLogData(request.getMessage().getContent())
                    .setStateMachineData(request.getMessage().getContent())
                    .build();
        }

        @Override
        public CompletableFuture<?> write(LogEntryProto entry, TransactionContext context) {
            return hangs
                    ? CompletableFuture.runAsync(() -> {
                        try {
                            hang.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    })
                    : CompletableFuture.completedFuture(null);
        }
    }
}
