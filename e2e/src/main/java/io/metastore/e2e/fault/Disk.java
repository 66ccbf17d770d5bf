package io.metastore.e2e.fault;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A file system of its own for the data of one member, so that it can be filled and brought to a halt: a
/// file with ext4 in it, mounted. Only root can do that.
final class Disk implements AutoCloseable {
    private static final long BYTES = 768L << 20;
    private static final int CHUNK = 1 << 20;

    private final Path image;
    private final Path mount;
    private volatile boolean frozen;

    private Disk(Path image, Path mount) {
        this.image = image;
        this.mount = mount;
    }

    /// Whether this machine and this user can have such disks.
    ///
    /// @param folder for a disk to try it with
    static boolean possible(Path folder) {
        try (var disk = create(folder.resolve("trial.img"), folder.resolve("trial"))) {
            disk.freeze();
            disk.thaw();
            return true;
        } catch (IllegalStateException | UncheckedIOException _) {
            return false;
        }
    }

    /// @param image the file to make
    /// @param mount the folder in which its files are to be seen
    static Disk create(Path image, Path mount) {
        try (var file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(BYTES);
            Files.createDirectories(mount);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + image, e);
        }
        Shell.run(List.of("mkfs.ext4", "-q", "-F", "-m", "0", image.toString()));
        Shell.run(List.of("mount", "-o", "loop", image.toString(), mount.toString()));
        return new Disk(image, mount);
    }

    /// Takes all space that is left.
    void fill() {
        var filler = filler();
        try (var out = Files.newOutputStream(filler)) {
            var chunk = new byte[CHUNK];
            for (int size = chunk.length; size > 0; ) {
                size = written(out, chunk, size) ? size : size / 2;
            }
        } catch (IOException _) {
            // Full, as intended.
        }
    }

    private static boolean written(java.io.OutputStream out, byte[] chunk, int size) {
        try {
            out.write(chunk, 0, size);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// Gives it back.
    void empty() {
        try {
            Files.deleteIfExists(filler());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the filler of " + mount, e);
        }
    }

    /// All writes wait from now on.
    void freeze() {
        Shell.run(List.of("fsfreeze", "-f", mount.toString()));
        frozen = true;
    }

    /// Writes go on.
    void thaw() {
        Shell.run(List.of("fsfreeze", "-u", mount.toString()));
        frozen = false;
    }

    /// Writes wait most of the time.
    void stutter(Duration time, Duration frozen, Duration open) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            freeze();
            try {
                Thread.sleep(frozen);
            } finally {
                thaw();
            }
            Thread.sleep(open);
        }
    }

    /// Ends a halt, so that whoever waits for the disk can be ended.
    void release() {
        if (frozen) {
            thaw();
        }
    }

    /// Nobody may use it any more.
    @Override
    public void close() {
        Shell.run(List.of("umount", mount.toString()));
        try {
            Files.deleteIfExists(image);
            Files.deleteIfExists(mount);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + image, e);
        }
    }

    private Path filler() {
        return mount.resolve("filler");
    }
}
