package io.metastore.server.grpc;

import io.netty.buffer.ByteBuf;

/// Where in its gRPC messages an HTTP/2 stream is, between two frames.
///
///     frames:   [00 00 00 00] [06 a b c] [d e f | 00 00 00 00 01 g]
///     length:    unknown       6          6       1
final class MessageProgress {
    /// Whether the message is compressed (1 byte), and its length (4 bytes, the highest first).
    static final int PREFIX_BYTES = 5;

    private int prefixBytes;
    private long length;
    private long missing;

    /// Walks over `data` up to its end, or to the first message larger than `maxBytes`. The buffer is left as it is.
    void advance(ByteBuf data, int maxBytes) {
        int at = data.readerIndex();
        while (at < data.writerIndex() && isWithin(maxBytes)) {
            if (missing > 0) {
                int step = (int) Math.min(missing, data.writerIndex() - at);
                missing -= step;
                at += step;
            } else {
                addPrefix(data.getUnsignedByte(at));
                at++;
            }
        }
    }

    private void addPrefix(int next) {
        length = prefixBytes == 0 ? 0 : length << Byte.SIZE | next;
        prefixBytes++;
        if (prefixBytes == PREFIX_BYTES) {
            prefixBytes = 0;
            missing = length;
        }
    }

    /// Whether no message larger than `maxBytes` was met.
    boolean isWithin(int maxBytes) {
        return missing == 0 || length <= maxBytes;
    }

    /// The size of the message the stream is in, in bytes.
    long length() {
        return length;
    }
}
