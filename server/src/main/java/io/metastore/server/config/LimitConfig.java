package io.metastore.server.config;

/// What one request may hold and how much may be stored.
///
/// @param maxTransactionOperations of compares, and of operations in each branch
/// @param maxConcurrentStreams of one connection
/// @param quotaBytes what clients may keep stored before writes are refused; 0 means 2 GiB, below 0 no limit
public record LimitConfig(
        int maxRequestBytes, int maxTransactionOperations, long maxConcurrentStreams, long quotaBytes) {
    public static final long DEFAULT_QUOTA_BYTES = 2L * 1024 * 1024 * 1024;
    public static final long UNLIMITED_STREAMS = 0xFFFF_FFFFL;
    /// A request is one part of one log entry, and an entry is sent in one message.
    public static final int LARGEST_REQUEST_BYTES = 64 * 1024 * 1024;

    public LimitConfig {
        if (maxRequestBytes < 1 || maxRequestBytes > LARGEST_REQUEST_BYTES) {
            throw ConfigException.notAllowed(
                    "max-request-bytes", maxRequestBytes, "a number from 1 to " + LARGEST_REQUEST_BYTES);
        }
        if (maxTransactionOperations < 0) {
            throw ConfigException.notAllowed("max-txn-ops", maxTransactionOperations, "a number of at least 0");
        }
        if (maxConcurrentStreams < 0 || maxConcurrentStreams > UNLIMITED_STREAMS) {
            throw ConfigException.notAllowed(
                    "max-concurrent-streams", maxConcurrentStreams, "a number from 0 to " + UNLIMITED_STREAMS);
        }
        maxConcurrentStreams = maxConcurrentStreams == 0 ? UNLIMITED_STREAMS : maxConcurrentStreams;
        quotaBytes = quotaBytes == 0 ? DEFAULT_QUOTA_BYTES : quotaBytes;
    }

    public boolean hasQuota() {
        return quotaBytes > 0;
    }

    public static LimitConfig defaults() {
        return new LimitConfig(1_572_864, 128, UNLIMITED_STREAMS, DEFAULT_QUOTA_BYTES);
    }
}
