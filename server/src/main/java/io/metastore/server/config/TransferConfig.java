package io.metastore.server.config;

/// How this member gives its whole state to others that lack the log for it.
///
/// @param bytesPerSecond to all of them together; 0 for no limit
public record TransferConfig(long bytesPerSecond) {
    public TransferConfig {
        if (bytesPerSecond < 0) {
            throw ConfigException.notAllowed("snapshot-transfer-rate", bytesPerSecond, "a number of at least 0");
        }
    }

    public static TransferConfig defaults() {
        return new TransferConfig(32L << 20);
    }
}
