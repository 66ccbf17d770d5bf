package io.metastore.server.raft.transfer;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.metastore.proto.peer.v1.SnapshotChunk;
import io.metastore.proto.peer.v1.SnapshotChunk.Data;
import io.metastore.proto.peer.v1.SnapshotChunk.Manifest;
import io.metastore.server.model.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.ratis.server.protocol.TermIndex;
import org.jspecify.annotations.Nullable;

/// The messages that carry a checkpoint, one at a time, when the caller has room for one:
///
///     Manifest (term, index, names, sizes, SHA-256)   Data 0   Data 0   Data 1   Data 3        file 2 is empty
///
/// Files follow in the order of the manifest, each from its beginning. It holds one open file and makes one chunk at a
/// time, which is the caller's then. One thread at a time.
public final class CheckpointSender implements Iterator<SnapshotChunk>, AutoCloseable {
    /// Large enough for the disk, small enough to share a connection with heartbeats. In bytes.
    static final int CHUNK = 512 * 1024;

    private final List<Part> parts;
    private final SnapshotChunk manifest;
    private boolean begun;
    private long remaining;
    private int current;
    private long offset;
    private @Nullable FileChannel open;

    private record Part(Path path, SnapshotChunk.File file) {}

    private CheckpointSender(List<Part> parts, TermIndex at) {
        this.parts = parts;
        var files = Manifest.newBuilder().setTerm(at.getTerm()).setIndex(at.getIndex());
        parts.forEach(part -> files.addFiles(part.file));
        manifest = SnapshotChunk.newBuilder().setManifest(files).build();
        remaining = parts.stream().mapToLong(part -> part.file.getSize()).sum();
    }

    /// Reads the checkpoint once, for the sums in the manifest. Nobody may change it until the sender is closed.
    ///
    /// @param directory files, also in directories below it; directories without a file are not sent
    /// @param at the last entry whose effect the checkpoint holds
    /// @throws TransferException when a file cannot be read, is none, or has a name no checkpoint has
    public static CheckpointSender open(Path directory, TermIndex at) {
        var parts = new ArrayList<Part>();
        try (var found = Files.walk(directory)) {
            for (var path : (Iterable<Path>) found.sorted()::iterator) {
                if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    parts.add(part(directory, path));
                }
            }
        } catch (IOException e) {
            throw new TransferException("cannot read the checkpoint in " + directory, e);
        }
        return new CheckpointSender(parts, at);
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
            while (offset == parts.get(current).file.getSize()) {
                close();
                current++;
                offset = 0;
            }
            return chunk(parts.get(current));
        } catch (IOException e) {
            throw new TransferException("cannot read " + parts.get(current).path, e);
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
            channel = FileChannel.open(part.path, StandardOpenOption.READ);
            open = channel;
        }
        var content = ByteBuffer.allocate((int) Math.min(CHUNK, part.file.getSize() - offset));
        while (content.hasRemaining()) {
            if (channel.read(content, offset + content.position()) < 0) {
                throw new TransferException(part.path + " has become shorter while it was sent");
            }
        }
        offset += content.capacity();
        remaining -= content.capacity();
        var data = Data.newBuilder().setFile(current).setContent(UnsafeByteOperations.unsafeWrap(content.flip()));
        return SnapshotChunk.newBuilder().setData(data).build();
    }

    private static Part part(Path directory, Path path) throws IOException {
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new TransferException(path + " is not a file");
        }
        var digest = Sha256.start();
        var size = 0L;
        var buffer = new byte[CHUNK];
        try (var in = Files.newInputStream(path)) {
            for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                size += read;
            }
        }
        return new Part(
                path,
                SnapshotChunk.File.newBuilder()
                        .setName(FileName.of(directory, path).text())
                        .setSize(size)
                        .setSha256(ByteString.copyFrom(digest.digest()))
                        .build());
    }
}
