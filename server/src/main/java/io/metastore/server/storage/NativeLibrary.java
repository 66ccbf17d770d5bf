package io.metastore.server.storage;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// RocksDB's native library, which its jar would unpack into a new temporary file at every start. Here it is
/// unpacked once, into a directory that is kept, and used from there as long as it is the one of the jar.
public final class NativeLibrary {
    /// The name that `RocksDB.loadLibrary(paths)` looks for, which is not the one in the jar: it names the library
    /// `rocksdbjni`, and a `jni` is put behind every name.
    static final String FILE = Environment.getJniLibraryFileName("rocksdbjni");

    private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);

    private NativeLibrary() {}

    /// Loads the library of this machine, once in a process; unpacks it into `directory` when it is not there or is
    /// another one. Where that directory cannot be written, or not be loaded from, the library's own way is taken.
    ///
    /// @throws StorageException when there is no library for this machine, or it cannot be loaded
    public static void load(Path directory) {
        try {
            if (Files.isRegularFile(unpack(directory))) {
                RocksDB.loadLibrary(List.of(directory.toAbsolutePath().toString()));
            }
        } catch (IOException | UnsatisfiedLinkError e) {
            // A read-only file system, or one mounted without the right to execute.
            LOG.atWarn()
                    .addKeyValue("directory", directory)
                    .addKeyValue("cause", e.toString())
                    .log("the native library is unpacked anew at each start");
        }
        try {
            RocksDB.loadLibrary();
        } catch (RuntimeException | UnsatisfiedLinkError e) {
            throw new StorageException("cannot load the native library of RocksDB", e);
        }
    }

    /// The library's file in `directory`, which holds the same bytes as the jar afterwards. Several processes may do
    /// this at once.
    static Path unpack(Path directory) throws IOException {
        var packed = packed().orElseThrow(() -> new IOException("RocksDB has no library for this machine"));
        var file = directory.resolve(FILE);
        if (!isSame(packed, file)) {
            Files.createDirectories(directory);
            var unfinished = Files.createTempFile(directory, "rocksdb", ".unfinished");
            try (var input = packed.openStream()) {
                Files.copy(input, unfinished, StandardCopyOption.REPLACE_EXISTING);
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        }
        return file;
    }

    private static Optional<URL> packed() {
        return Stream.of(
                        Environment.getJniLibraryFileName("rocksdb"),
                        Environment.getFallbackJniLibraryFileName("rocksdb"))
                .flatMap(name -> Stream.ofNullable(name)
                        .map(RocksDB.class.getClassLoader()::getResource)
                        .flatMap(Stream::ofNullable))
                .findFirst();
    }

    private static boolean isSame(URL packed, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        if (packed.openConnection() instanceof JarURLConnection jar) {
            var entry = jar.getJarEntry();
            return Files.size(file) == entry.getSize() && checksum(file) == entry.getCrc();
        }
        try (InputStream input = packed.openStream()) {
            return checksum(file) == checksum(input.readAllBytes());
        }
    }

    private static long checksum(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var checksum = new CRC32();
            var bytes = ByteBuffer.allocateDirect(1 << 16);
            while (channel.read(bytes.clear()) >= 0) {
                checksum.update(bytes.flip());
            }
            return checksum.getValue();
        }
    }

    private static long checksum(byte[] bytes) {
        var checksum = new CRC32();
        checksum.update(bytes);
        return checksum.getValue();
    }
}
