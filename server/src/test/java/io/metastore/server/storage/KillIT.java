package io.metastore.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.seed.Seed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A real process is killed while it commits, again and again, and always goes on from some commit.
class KillIT {
    private static final int ROUNDS = 5;
    private static final int MOST_REPORTS = 25;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"memory", "rocksdb"})
    void afterAKillThereIsTheStateAfterSomeCommitAndNoPersistedOneIsMissing(String engine) throws Exception {
        var random = Seed.random();
        try (var expected = MemoryStorage.volatileOnly()) {
            for (int round = 0; round < ROUNDS; round++) {
                int persisted = runAndKill(engine, random);

                try (var storage = CommitForever.open(engine, data(), libraries());
                        var snapshot = storage.snapshot()) {
                    int committed = CommitForever.committed(storage);
                    assertThat(committed).isGreaterThanOrEqualTo(persisted);
                    catchUp(expected, committed);
                    try (var model = expected.snapshot()) {
                        assertThat(Model.of(snapshot)).isEqualTo(Model.of(model));
                    }
                }
            }
            assertThat(CommitForever.committed(expected)).isPositive();
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private static Path libraries() {
        return RocksStorageTest.LIBRARIES.toAbsolutePath();
    }

    /// The last commit that was said to be durable before the kill.
    private int runAndKill(String engine, Random random) throws IOException, InterruptedException {
        var process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CommitForever.class.getName(),
                        engine,
                        data().toString(),
                        libraries().toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int persisted = 0;
        try (var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            int reports = 1 + random.nextInt(MOST_REPORTS);
            for (int report = 0; report < reports; report++) {
                persisted = read(output, persisted);
            }
            spin(random.nextInt(2_000_000));
            process.toHandle().destroyForcibly();
            process.waitFor();
            for (int more = read(output, persisted); more > persisted; more = read(output, persisted)) {
                persisted = more;
            }
        }
        return persisted;
    }

    private static int read(BufferedReader output, int last) throws IOException {
        var line = output.readLine();
        return line == null ? last : Integer.parseInt(line);
    }

    /// A time that is too short to sleep, so that the kill comes in the middle of anything.
    private static void spin(int nanos) {
        long until = System.nanoTime() + nanos;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    private static void catchUp(Storage expected, int committed) {
        for (int number = CommitForever.committed(expected) + 1; number <= committed; number++) {
            try (var batch = expected.batch()) {
                CommitForever.change(batch, number);
                batch.commit();
            }
        }
    }
}
