package io.metastore.e2e.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The time of day as one member sees it, which can jump while the member runs: a library in front of
/// its C library moves it. The machine's clock, and the ones that only count, stay as they are.
final class Clock {
    private static final String SOURCE = "clock.c";

    private final Path library;
    private final Path file;

    /// @param library as `library` has made it
    /// @param file to make, for what this clock says
    Clock(Path library, Path file) {
        this.library = library;
        this.file = file;
        jump(Duration.ZERO);
    }

    /// Compiles the library; nothing when there is no C compiler.
    ///
    /// @param folder where it stays
    static Optional<Path> library(Path folder) {
        var source = folder.resolve(SOURCE);
        var library = folder.resolve("clock.so");
        try (InputStream in = Clock.class.getResourceAsStream(SOURCE)) {
            if (in == null) {
                throw new IllegalStateException(SOURCE + " is missing beside " + Clock.class);
            }
            Files.write(source, in.readAllBytes());
            Shell.run(List.of("cc", "-shared", "-fPIC", "-O2", "-o", library.toString(), source.toString(), "-ldl"));
            return Optional.of(library);
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            System.out.println("clocks cannot jump: " + e.getMessage());
            return Optional.empty();
        }
    }

    /// A program that sees the time so.
    List<String> command(List<String> program) {
        return Stream.concat(Stream.of("env", "LD_PRELOAD=" + library, "METASTORE_CLOCK=" + file), program.stream())
                .toList();
    }

    /// From now on it is as far as this from the machine's.
    void jump(Duration away) {
        var nanos = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(away.toNanos())
                .array();
        try {
            if (Files.exists(file)) {
                try (var open = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
                    open.write(ByteBuffer.wrap(nanos));
                }
            } else {
                Files.write(file, nanos);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot set the clock in " + file, e);
        }
    }
}
