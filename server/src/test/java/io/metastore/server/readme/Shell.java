package io.metastore.server.readme;

import io.metastore.server.process.ServerProgram;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Runs commands as they stand in a text.
///
/// @param environment what is added to that of the build
public record Shell(Path folder, Map<String, String> environment) {
    private static final long LIMIT_SECONDS = 30;

    /// What a command printed, on either stream, and how it ended.
    public record Ended(int exitCode, String output) {}

    /// A command that goes on in the background.
    public record Running(Process process, Path file) implements AutoCloseable {
        String output() {
            return read(file);
        }

        @Override
        public void close() {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }

    /// A shell in which `etcdctl` is the real one and speaks to `endpoint`, if there is one on this machine: beside
    /// the etcd of `-Detcd.program`, or on the path.
    public static Optional<Shell> withEtcdctl(Path folder, String endpoint) {
        var path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        var besideEtcd = ServerProgram.etcd().stream()
                .map(etcd -> Path.of(etcd.command().getFirst()).toAbsolutePath().resolveSibling(""));
        return Stream.concat(
                        besideEtcd,
                        Stream.of(path.split(File.pathSeparator, -1)).map(Path::of))
                .filter(candidate -> Files.isExecutable(candidate.resolve("etcdctl")))
                .findFirst()
                .map(found -> with(found.resolve("etcdctl"), folder, endpoint));
    }

    /// A shell in which `etcdctl` is this program and speaks to `endpoint`.
    public static Shell with(Path etcdctl, Path folder, String endpoint) {
        var path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        var first = etcdctl.toAbsolutePath().resolveSibling("");
        return new Shell(folder, Map.of("PATH", first + File.pathSeparator + path, "ETCDCTL_ENDPOINTS", endpoint));
    }

    public Ended run(String command) {
        try (var running = start(command)) {
            if (!running.process().waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(command + " does not end, it printed:\n" + running.output());
            }
            return new Ended(running.process().exitValue(), running.output());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + command, e);
        }
    }

    public Running start(String command) {
        try {
            var output = Files.createTempFile(folder, "output", ".txt");
            var builder = new ProcessBuilder(List.of("bash", "-c", command))
                    .directory(Document.HOME.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            var process = builder.start();
            process.getOutputStream().close();
            return new Running(process, output);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
