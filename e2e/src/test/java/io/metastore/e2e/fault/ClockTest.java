package io.metastore.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ClockTest {
    private static final long TOLERANCE_SECONDS = 30;

    @TempDir
    Path folder;

    /// A JVM that tells, for each line it reads, the time of day in two ways and a clock that only
    /// counts.
    static final class TellTime {
        private TellTime() {}

        public static void main(String[] arguments) throws IOException {
            while (System.in.read() >= 0) {
                System.out.println(System.currentTimeMillis() / 1000 + " "
                        + Instant.now().getEpochSecond() + " "
                        + Duration.ofNanos(System.nanoTime()).toSeconds());
            }
        }
    }

    @Test
    void theTimeOfDayJumpsInAJvmThatRunsAndWhatOnlyCountsGoesOn() throws IOException {
        var library = Clock.library(folder);
        Assumptions.assumeTrue(library.isPresent(), "no C compiler");
        var clock = new Clock(library.orElseThrow(), folder.resolve("clock"));
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(clock.command(
                        List.of(java, "-cp", System.getProperty("java.class.path"), TellTime.class.getName())))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var told = process.inputReader()) {
            var before = tell(process, told);
            for (var away : List.of(Duration.ofHours(1), Duration.ofSeconds(-5000), Duration.ZERO)) {
                clock.jump(away);
                var after = tell(process, told);
                long now = Instant.now().getEpochSecond() + away.toSeconds();

                assertThat(after[0]).as("millis, %s", away).isCloseTo(now, within(TOLERANCE_SECONDS));
                assertThat(after[1]).as("instant, %s", away).isCloseTo(now, within(TOLERANCE_SECONDS));
                assertThat(after[2]).as("nanos, %s", away).isCloseTo(before[2], within(TOLERANCE_SECONDS));
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private static long[] tell(Process process, BufferedReader told) throws IOException {
        process.getOutputStream().write("?".getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
        return Arrays.stream(told.readLine().split(" ", -1))
                .mapToLong(Long::parseLong)
                .toArray();
    }
}
