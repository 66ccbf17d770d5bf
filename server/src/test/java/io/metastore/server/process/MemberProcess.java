package io.metastore.server.process;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One member: a program, its flags and its log, over as many lives as the test gives it. The flags stay, so a member
/// that is started again finds its ports and its data.
public final class MemberProcess implements AutoCloseable {
    /// What a member says that can do its work: those that hold data, and witnesses.
    private static final List<String> READY = List.of("ready to serve client requests", "ready to vote");
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    /// One run of the program. `ready` completes with the readiness line, or fails when the output ends before it.
    private record Life(Process process, CompletableFuture<Void> ready, Thread reader) {}

    private final String name;
    private final List<String> command;
    private final String endpoint;
    private final Path log;
    private @Nullable Life life;

    /// @param endpoint host and port on which clients are served
    /// @param log file to which the output of every life is appended
    public MemberProcess(String name, List<String> command, String endpoint, Path log) {
        this.name = name;
        this.command = List.copyOf(command);
        this.endpoint = endpoint;
        this.log = log;
    }

    public String name() {
        return name;
    }

    public String endpoint() {
        return endpoint;
    }

    public boolean alive() {
        return life != null && life.process().isAlive();
    }

    /// Starts the program and returns at once.
    ///
    /// @throws IllegalStateException when it runs already
    public void start() {
        if (alive()) {
            throw new IllegalStateException(name + " runs already");
        }
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var ready = new CompletableFuture<Void>();
            // A read of a pipe holds on to the thread that carries it: virtual threads would soon have none left.
            var reader = Thread.ofPlatform().daemon().name("log of " + name).start(() -> follow(process, ready));
            life = new Life(process, ready, reader);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
    }

    /// Waits for the line that says that clients are served.
    ///
    /// @throws IllegalStateException when it does not come within the limit or the program ends first; the text
    ///     holds the log's end
    public void awaitReady(Duration limit) {
        var current = started();
        try {
            current.ready().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException | CompletionException e) {
            var state = current.process().isAlive() ? " runs and is not ready after " : " has ended, it had ";
            throw new IllegalStateException(name + state + limit + ":\n" + endOfLog(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + name, e);
        }
    }

    /// The process of the present life.
    public long pid() {
        return started().process().pid();
    }

    /// SIGKILL: the program gets no chance to write anything more.
    public void kill() {
        var _ = stop(Process::destroyForcibly);
    }

    /// SIGSTOP: nothing runs any more, and all connections stay open.
    public void pause() {
        signal("-STOP");
    }

    /// SIGCONT: it goes on where it was.
    public void resume() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            var kill = new ProcessBuilder("kill", signal, String.valueOf(pid()))
                    .inheritIO()
                    .start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("kill " + signal + " failed for " + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot send " + signal + " to " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending " + signal + " to " + name, e);
        }
    }

    /// SIGTERM, and the wait for a proper end; returns the exit code.
    public int terminate() {
        return stop(Process::destroy);
    }

    /// Waits until it ends by itself; returns the exit code.
    public int awaitEnd() {
        return stop(_ -> {});
    }

    @Override
    public void close() {
        if (alive()) {
            kill();
        }
    }

    private Life started() {
        if (life == null) {
            throw new IllegalStateException(name + " does not run");
        }
        return life;
    }

    private int stop(Consumer<Process> signal) {
        var current = started();
        signal.accept(current.process());
        try {
            if (!current.process().waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                current.process().destroyForcibly();
                throw new IllegalStateException(name + " does not end:\n" + endOfLog());
            }
            current.reader().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while stopping " + name, e);
        }
        life = null;
        return current.process().exitValue();
    }

    private void follow(Process process, CompletableFuture<Void> ready) {
        try (BufferedReader lines = process.inputReader();
                BufferedWriter copy =
                        Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                copy.write(line);
                copy.newLine();
                copy.flush();
                if (READY.stream().anyMatch(line::contains)) {
                    ready.complete(null);
                }
            }
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
        ready.completeExceptionally(new IllegalStateException(name + " ended"));
    }

    /// What it wrote last, over all its lives.
    public String endOfLog() {
        try {
            var lines = Files.exists(log) ? Files.readAllLines(log) : List.<String>of();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }
}
