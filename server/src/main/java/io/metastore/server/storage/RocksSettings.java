package io.metastore.server.storage;

import java.nio.file.Path;

/// How the RocksDB engine uses the machine.
///
/// @param memoryBytes one budget for cached blocks, indexes, filters and rows not yet written to files; what
///     RocksDB takes beside it (open files, the blocks of running scans) is small. At least 8 MiB.
/// @param backgroundJobs threads that write and compact files, at least 1
/// @param nativeLibraries where the native library lies, or is unpacked to when it does not; see `NativeLibrary`
public record RocksSettings(long memoryBytes, int backgroundJobs, Path nativeLibraries) {
    public static final long STANDARD_MEMORY_BYTES = 112L << 20;
    public static final long LEAST_MEMORY_BYTES = 8L << 20;

    public RocksSettings {
        if (memoryBytes < LEAST_MEMORY_BYTES) {
            throw new IllegalArgumentException(
                    "memory must be at least " + LEAST_MEMORY_BYTES + " bytes: " + memoryBytes);
        }
        if (backgroundJobs < 1) {
            throw new IllegalArgumentException("at least one background job is needed: " + backgroundJobs);
        }
    }

    /// The budget that suits a small member.
    public static RocksSettings standard(Path nativeLibraries) {
        return new RocksSettings(STANDARD_MEMORY_BYTES, 2, nativeLibraries);
    }
}
