package io.metastore.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// A JVM with 32 MB of living entries, through which 700 MB of them pass.
class OldGenerationIT {
    @Test
    void leftAloneTheSerialCollectorFillsTheHeapWithDeadEntries() throws Exception {
        assertThat(peak("alone")).isGreaterThan(480);
    }

    @Test
    void keptSmallItHoldsFewOfThem() throws Exception {
        assertThat(peak("small")).isBetween(32, 240);
    }

    private static int peak(String how) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx640m",
                        "-Xmn24m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PassingEntries.class.getName(),
                        how)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        var lines = output.lines().toList();
        return Integer.parseInt(lines.getLast());
    }
}
