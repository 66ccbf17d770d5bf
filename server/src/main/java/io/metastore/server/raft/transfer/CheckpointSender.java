package io.metastore.server.raft.transfer;

import com.google.protobuf.UnsafeByteOperations;
import io.metastore.proto.peer.v1.SnapshotChunk;
import io.metastore.proto.peer.v1.SnapshotChunk.Data;
import io.metastore.proto.peer.v1.SnapshotChunk.Manifest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.ratis.server.protocol.TermIndex;
import org.jspecify.annotations.Nullable;

/// The messages that carry a checkpoint, one at a time, when the caller has room for one:
///
///     Manifest (term, index, names, sizes, SHA-256)   Data 0   Data 0   Data 1   Data 3        file 2 is empty
///
/// Files follow in the order of the manifest, each from where the other member has it. It holds one open file and makes
/// one chunk at a time, which is the caller's then. One thread at a time.
public final class CheckpointSender implements Iterator<SnapshotChunk>, AutoCloseable {
    /// Large enough for the disk, small enough to share a connection with heartbeats. In bytes.
    static final int CHUNK = 512 * 1024;

    private final List<Part> parts;
    private final SnapshotChunk manifest;
    private final long held;
    private boolean begun;
    private long remaining;
    private int current;
    private long offset;
    private @Nullable FileChannel open;

    /// @param from where the part of the content begins that is sent, at most its size
    record Part(CheckpointFiles.Source source, long from) {
        private long size() {
            return source.content().size();
        }

        private SnapshotChunk.File announced() {
            return SnapshotChunk.File.newBuilder()
                    .setName(source.name().text())
                    .setSize(size())
                    .setSha256(source.content().sha256())
                    .setSentFrom(from)
                    .build();
        }
    }

    CheckpointSender(TermIndex at, List<Part> parts) {
        this.parts = List.copyOf(parts);
        var files = Manifest.newBuilder().setTerm(at.getTerm()).setIndex(at.getIndex());
        parts.forEach(part -> files.addFiles(part.announced()));
        manifest = SnapshotChunk.newBuilder().setManifest(files).build();
        held = parts.stream().mapToLong(Part::from).sum();
        remaining = parts.stream().mapToLong(part -> part.size() - part.from).sum();
        offset = parts.isEmpty() ? 0 : parts.getFirst().from;
    }

    /// Bytes that the other member has already.
    public long held() {
        return held;
    }

    /// Bytes that are still to be sent.
    public long remaining() {
        return remaining;
    }

    @Override
    public boolean hasNext() {
        return !begun || remaining > 0;
    }

    /// The next message.
    ///
    /// @throws TransferException when the checkpoint cannot be read or has changed
    @Override
    public SnapshotChunk next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the checkpoint has been sent");
        }
        if (!begun) {
            begun = true;
            return manifest;
        }
        try {
            while (offset == parts.get(current).size()) {
                close();
                current++;
                offset = parts.get(current).from;
            }
            return chunk(parts.get(current));
        } catch (IOException e) {
            throw new TransferException(
                    "cannot read " + parts.get(current).source.path(), e);
        }
    }

    @Override
    public void close() throws IOException {
        if (open != null) {
            open.close();
            open = null;
        }
    }

    private SnapshotChunk chunk(Part part) throws IOException {
        var channel = open;
        if (channel == null) {
            channel = FileChannel.open(part.source.path(), StandardOpenOption.READ);
            open = channel;
        }
        var content = ByteBuffer.allocate((int) Math.min(CHUNK, part.size() - offset));
        while (content.hasRemaining()) {
            if (channel.read(content, offset + content.position()) < 0) {
                throw new TransferException(part.source.path() + " has become shorter while it was sent");
            }
        }
        offset += content.capacity();
        remaining -= content.capacity();
        var data = Data.newBuilder().setFile(current).setContent(UnsafeByteOperations.unsafeWrap(content.flip()));
        return SnapshotChunk.newBuilder().setData(data).build();
    }
}
