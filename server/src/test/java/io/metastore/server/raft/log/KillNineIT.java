package io.metastore.server.raft.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.raft.log.RatisMember.Launch;
import io.metastore.server.raft.log.RatisMember.Store;
import io.metastore.server.seed.Seed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.server.protocol.TermIndex;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a member under load again and again, always on the same storage: 20 times, or `-Drounds=`.
class KillNineIT {
    @TempDir
    Path storage;

    @Test
    void afterEveryKillTheLogPassesAndHoldsWhatWasAcknowledged() throws IOException, InterruptedException {
        var random = Seed.random();
        var rounds = Integer.getInteger("rounds", 20);
        var acknowledged = 0L;
        for (var round = 0; round < rounds; round++) {
            acknowledged = Math.max(acknowledged, writeUntilKilled(random));

            var evidence = new Evidence(FlushWatermark.read(storage.resolve("flushed")), -1);
            var log = LogCheck.run(RatisMember.group(storage), evidence, Depth.FULL);

            assertThat(log.last().getIndex()).as("round %s", round).isGreaterThanOrEqualTo(acknowledged);
        }
        var store = new Store(TermIndex.INITIAL_VALUE);
        try (var member = RatisMember.start(store, Launch.at(storage))) {
            assertThat(member.write(1)).isGreaterThan(acknowledged);
        }
        assertThat(store.getLastAppliedTermIndex().getIndex()).isGreaterThan(acknowledged);
    }

    /// Returns the newest index the process told before it was killed.
    private long writeUntilKilled(Random random) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        KillNineChild.class.getName(),
                        storage.toString(),
                        String.valueOf(random.nextLong()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var acknowledged = new AtomicLong(-1);
        var batches = new AtomicLong();
        var reader = Thread.ofVirtual().start(() -> read(process.inputReader(), acknowledged, batches));
        try {
            var wanted = 1 + random.nextInt(40);
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> batches.get() >= wanted || !process.isAlive());
            assertThat(process.isAlive())
                    .as("the member runs until it is killed")
                    .isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
        reader.join();
        return acknowledged.get();
    }

    private static void read(BufferedReader lines, AtomicLong acknowledged, AtomicLong batches) {
        try (lines) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.matches("\\d+")) {
                    acknowledged.set(Long.parseLong(line));
                    batches.incrementAndGet();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
