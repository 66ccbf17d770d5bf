package io.metastore.server.config;

/// When a log file makes way for a new one, and what becomes of the old ones. A number that is not positive sets no
/// limit, but for the size, of which it means the usual one.
///
/// @param maxMebibytes of the file; before it would grow larger it is renamed
/// @param maxAgeDays older files are removed
/// @param maxBackups so many old files are kept
/// @param localTime whether their names tell the time of this place and not UTC
/// @param compress whether they are compressed with gzip
public record LogRotation(long maxMebibytes, long maxAgeDays, long maxBackups, boolean localTime, boolean compress) {
    private static final long USUAL_MEBIBYTES = 100;
    private static final long MEBIBYTE = 1 << 20;

    public static LogRotation defaults() {
        return new LogRotation(USUAL_MEBIBYTES, 0, 0, false, false);
    }

    public long maxBytes() {
        return (maxMebibytes > 0 ? maxMebibytes : USUAL_MEBIBYTES) * MEBIBYTE;
    }
}
