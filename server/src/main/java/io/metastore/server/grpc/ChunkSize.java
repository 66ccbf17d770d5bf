package io.metastore.server.grpc;

/// How many keys the next part of a streamed range has, so that parts come to about the same number of bytes: twice
/// as many as the last when that was smaller than half the target, half as many when it was larger than twice the
/// target.
///
///     target 1,000 bytes; keys of 30 bytes   →  10, 20, 40, 40, …
///
/// Source: the chunks of etcd's RangeStream.
final class ChunkSize {
    private static final int FIRST_KEYS = 10;

    private final int targetBytes;
    private int keys = FIRST_KEYS;

    ChunkSize(int targetBytes) {
        this.targetBytes = targetBytes;
    }

    /// At least 1.
    int keys() {
        return keys;
    }

    /// Notes the size of the part with as many keys as `keys` said.
    void sent(int bytes) {
        if (bytes < targetBytes / 2) {
            keys = Math.min(keys * 2, Integer.MAX_VALUE / 2);
        } else if (bytes > 2L * targetBytes) {
            keys = Math.max(1, keys / 2);
        }
    }
}
