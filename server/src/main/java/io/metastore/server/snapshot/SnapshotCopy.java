package io.metastore.server.snapshot;

import io.metastore.server.model.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Copies a snapshot without the digest at its end, and compares that. Source: whether there is one is seen from the
/// file's length, as etcdutl does, which is a multiple of a disk's sector without it.
///
/// @param isHashChecked whether there must be one, and the right one
record SnapshotCopy(Path snapshot, boolean isHashChecked) {
    private static final int DIGEST_BYTES = 32;
    private static final int SECTOR_BYTES = 512;
    private static final int BUFFER_BYTES = 1 << 20;

    /// Returns when the copy is on the disk.
    ///
    /// @throws SnapshotException in etcdutl's words, when the digest is missing or wrong
    void to(Path target) throws IOException {
        try (var from = FileChannel.open(snapshot, StandardOpenOption.READ);
                var to = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long bytes = from.size();
            boolean hasDigest = bytes % SECTOR_BYTES == DIGEST_BYTES;
            var digest = copy(from, to, hasDigest ? bytes - DIGEST_BYTES : bytes);
            if (isHashChecked) {
                check(from, hasDigest, digest);
            }
            to.force(true);
        }
    }

    private static byte[] copy(FileChannel from, FileChannel to, long bytes) throws IOException {
        var digest = Sha256.start();
        var buffer = ByteBuffer.allocate(BUFFER_BYTES);
        for (long left = bytes; left > 0; ) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), left));
            if (from.read(buffer) < 0) {
                throw new IOException("the file became shorter while it was read");
            }
            left -= buffer.flip().limit();
            digest.update(buffer.duplicate());
            while (buffer.hasRemaining()) {
                to.write(buffer);
            }
        }
        return digest.digest();
    }

    private static void check(FileChannel from, boolean hasDigest, byte[] computed) throws IOException {
        if (!hasDigest) {
            throw new SnapshotException("snapshot missing hash but --skip-hash-check=false");
        }
        var expected = ByteBuffer.allocate(DIGEST_BYTES);
        while (expected.hasRemaining() && from.read(expected) >= 0) {
            // The rest of the file.
        }
        if (!MessageDigest.isEqual(expected.array(), computed)) {
            throw new SnapshotException("expected sha256 " + numbers(expected.array()) + ", got " + numbers(computed));
        }
    }

    /// As Go prints bytes: `[1 255 0]`.
    private static String numbers(byte[] bytes) {
        return IntStream.range(0, bytes.length)
                .mapToObj(i -> String.valueOf(bytes[i] & 0xff))
                .collect(Collectors.joining(" ", "[", "]"));
    }
}
