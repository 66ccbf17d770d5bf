package io.metastore.server.raft.transfer;

import com.google.protobuf.ByteString;
import io.metastore.server.model.Sha256;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/// A file being received. It is complete when it has the size and the sum that were announced, and is then on disk.
final class IncomingFile implements AutoCloseable {
    private final FileList.Entry entry;
    private final FileChannel channel;
    private final MessageDigest digest = Sha256.start();
    private long written;

    IncomingFile(Path directory, FileList.Entry entry) throws IOException {
        this.entry = entry;
        Files.createDirectories(entry.name().parentIn(directory));
        channel = FileChannel.open(entry.name().in(directory), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    boolean isFull() {
        return written == entry.size();
    }

    void append(ByteString content) throws IOException {
        if (content.isEmpty() || content.size() > entry.size() - written) {
            throw new TransferException("refused " + content.size() + " bytes for '"
                    + entry.name().text() + "', which has " + written + " of " + entry.size());
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
        if (!entry.sha256().equals(ByteString.copyFrom(digest.digest()))) {
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
