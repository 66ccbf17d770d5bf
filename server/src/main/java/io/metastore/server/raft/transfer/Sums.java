package io.metastore.server.raft.transfer;

import com.google.protobuf.ByteString;
import io.metastore.server.model.Sha256;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/// SHA-256 of files and of their beginnings.
final class Sums {
    private static final int BUFFER = 512 * 1024;

    private Sums() {}

    /// A digest that has taken the first `bytes` of a file.
    ///
    /// @throws EOFException when the file has fewer
    static MessageDigest begin(Path file, long bytes) throws IOException {
        var digest = Sha256.start();
        var buffer = ByteBuffer.allocate(BUFFER);
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (long left = bytes; left > 0; left -= buffer.limit()) {
                buffer.clear().limit((int) Math.min(BUFFER, left));
                if (channel.read(buffer) < 0) {
                    throw new EOFException(file + " has fewer than " + bytes + " bytes");
                }
                digest.update(buffer.flip());
            }
        }
        return digest;
    }

    /// What the digest has taken; it can take more afterwards.
    static ByteString soFar(MessageDigest digest) {
        return ByteString.copyFrom(copy(digest).digest());
    }

    static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("every SHA-256 of Java can be copied", e);
        }
    }
}
