package io.metastore.server.raft.transfer;

import com.google.protobuf.ByteString;
import io.metastore.server.model.Sha256;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/// A content being received. It is complete when it has the size and the sum that were announced, and is then on disk.
final class IncomingFile implements AutoCloseable {
    private final FileList.Entry entry;
    private final FileChannel channel;
    private final MessageDigest digest;
    private long written;

    private IncomingFile(FileList.Entry entry, FileChannel channel, MessageDigest digest, long written) {
        this.entry = entry;
        this.channel = channel;
        this.digest = digest;
        this.written = written;
    }

    /// From the content's first byte on; what is there is removed.
    static IncomingFile anew(Path file, FileList.Entry entry) throws IOException {
        Files.deleteIfExists(file);
        var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new IncomingFile(entry, channel, Sha256.start(), 0);
    }

    /// Behind what is there already.
    ///
    /// @param digest has taken that; it is taken over
    static IncomingFile behind(Path file, FileList.Entry entry, MessageDigest digest) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        return new IncomingFile(entry, channel, digest, entry.sentFrom());
    }

    boolean isFull() {
        return written == entry.content().size();
    }

    void append(ByteString content) throws IOException {
        if (content.isEmpty() || content.size() > entry.content().size() - written) {
            throw new TransferException("refused " + content.size() + " bytes for '"
                    + entry.name().text() + "', which has " + written + " of "
                    + entry.content().size());
        }
        var bytes = content.asReadOnlyByteBuffer();
        digest.update(bytes.duplicate());
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        written += content.size();
    }

    /// Nothing is appended any more; tells how long flushing it took, in nanoseconds.
    long complete() throws IOException {
        if (!entry.content().sha256().equals(ByteString.copyFrom(digest.digest()))) {
            throw new TransferException("the content of '" + entry.name().text() + "' does not have the announced sum");
        }
        long start = System.nanoTime();
        channel.force(true);
        long nanos = System.nanoTime() - start;
        channel.close();
        return nanos;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
