package io.metastore.server.log;

import io.metastore.server.config.LogRotation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// A log file that makes way for a new one before it grows too large. Each write is one line, and stays in one file.
/// What cannot be written is lost, as a log's lines are, with a word on the standard error; the next one is tried
/// again.
///
///     server.log (size 99.9 MiB), a line of 0.2 MiB  →  server-2026-11-23T08-41-09.120.log, server.log (0.2 MiB)
///
/// Source: lumberjack, which etcd uses; a line that is larger than the limit has a file of its own here, there it is
/// lost.
final class RotatedFile extends OutputStream {
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");

    private final Path path;
    private final long maxBytes;
    private final Backups backups;
    private final InstantSource clock;
    private final Executor background;
    private @Nullable OutputStream file;
    private long size;
    private boolean failing;

    private RotatedFile(Path path, LogRotation rotation, InstantSource clock, Executor background) {
        this.path = path.toAbsolutePath();
        this.maxBytes = rotation.maxBytes();
        this.backups = new Backups(this.path, rotation, clock);
        this.clock = clock;
        this.background = background;
    }

    /// @throws IOException when it cannot be written
    static RotatedFile open(Path path, LogRotation rotation) throws IOException {
        return open(
                path,
                rotation,
                InstantSource.system(),
                task -> Thread.ofVirtual().name("metastore-log-rotation").start(task));
    }

    /// @param background tidies up after each rotation, and once now
    static RotatedFile open(Path path, LogRotation rotation, InstantSource clock, Executor background)
            throws IOException {
        var rotated = new RotatedFile(path, rotation, clock, background);
        var _ = rotated.opened();
        background.execute(rotated.backups::tidy);
        return rotated;
    }

    @Override
    public void write(int octet) {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        try {
            if (size > 0 && size + length > maxBytes) {
                rotate();
            }
            opened().write(bytes, offset, length);
            size += length;
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                failing = true;
                System.err.println("metastore: cannot write " + path + ": " + e);
            }
        }
    }

    @Override
    public synchronized void close() throws IOException {
        var open = file;
        file = null;
        if (open != null) {
            open.close();
        }
    }

    private void rotate() throws IOException {
        close();
        if (Files.exists(path)) {
            var permissions = Files.getPosixFilePermissions(path);
            Files.move(path, backups.name(clock.instant()));
            create(permissions);
        }
        background.execute(backups::tidy);
    }

    private OutputStream opened() throws IOException {
        if (file != null) {
            return file;
        }
        Files.createDirectories(path.resolveSibling(""));
        if (!Files.exists(path)) {
            create(PRIVATE);
        }
        size = Files.size(path);
        OpenOption[] append = {StandardOpenOption.WRITE, StandardOpenOption.APPEND};
        var open = Files.newOutputStream(path, append);
        file = open;
        return open;
    }

    private void create(Set<PosixFilePermission> permissions) throws IOException {
        Files.createFile(path, PosixFilePermissions.asFileAttribute(permissions));
        size = 0;
    }
}
