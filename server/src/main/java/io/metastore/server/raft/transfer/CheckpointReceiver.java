package io.metastore.server.raft.transfer;

import io.metastore.proto.peer.v1.SnapshotChunk;
import io.metastore.proto.peer.v1.SnapshotChunk.Data;
import io.metastore.proto.peer.v1.SnapshotChunk.Manifest;
import io.metastore.server.file.Durable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.apache.ratis.server.protocol.TermIndex;
import org.jspecify.annotations.Nullable;

/// Writes a checkpoint that another member sends into a directory of its own:
///
///     incoming/checkpoint/…      while it comes, and complete after `finish`; anything found here later is remains
///
/// It trusts nothing in the stream but what the sums prove. It holds one open file. One thread at a time, and one
/// receiver for each `incoming` directory. After an exception it is of no use.
public final class CheckpointReceiver implements AutoCloseable {
    private final Path incoming;
    private final Wanted wanted;
    private @Nullable FileList list;
    private @Nullable IncomingFile file;
    private int current;
    private long flushNanos;
    private Phase phase = Phase.RECEIVING;

    /// What makes a checkpoint of use here.
    ///
    /// @param atLeastIndex the log goes on behind this entry, so the checkpoint must hold its effect
    /// @param keepFree bytes that must stay free on the volume
    public record Wanted(long atLeastIndex, long keepFree) {}

    /// A complete checkpoint, on disk.
    ///
    /// @param at the last entry whose effect it holds
    /// @param flushNanos how long flushing what was written took
    public record Received(Path directory, TermIndex at, long flushNanos) {}

    private enum Phase {
        RECEIVING,
        FINISHED,
        FAILED
    }

    private CheckpointReceiver(Path incoming, Wanted wanted) {
        this.incoming = incoming;
        this.wanted = wanted;
    }

    /// Begins anew: what lies in `incoming` is removed.
    ///
    /// @throws TransferException when the directory cannot be made or emptied
    public static CheckpointReceiver open(Path incoming, Wanted wanted) {
        removeRemains(incoming);
        var receiver = new CheckpointReceiver(incoming, wanted);
        try {
            Files.createDirectories(receiver.directory());
        } catch (IOException e) {
            throw new TransferException("cannot make " + receiver.directory(), e);
        }
        return receiver;
    }

    /// Removes what a transfer has left, complete or not. To be called at a start, and after an install.
    ///
    /// @throws TransferException when something cannot be removed
    public static void removeRemains(Path incoming) {
        if (!Files.isDirectory(incoming)) {
            return;
        }
        try (var found = Files.walk(incoming)) {
            for (var path : (Iterable<Path>) found.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new TransferException("cannot remove the remains of a transfer from " + incoming, e);
        }
    }

    /// Takes the next message, in the order they were sent.
    ///
    /// @throws TransferException when the message, what it says or the disk is not as it should be
    public void accept(SnapshotChunk chunk) {
        enter();
        try {
            switch (chunk.getKindCase()) {
                case MANIFEST -> begin(chunk.getManifest());
                case DATA -> append(chunk.getData());
                case KIND_NOT_SET -> throw new TransferException("refused an empty message");
            }
        } catch (IOException e) {
            throw new TransferException("cannot write the checkpoint to " + directory(), e);
        }
        phase = Phase.RECEIVING;
    }

    /// To be called when the stream has ended. The checkpoint is complete and on disk then.
    ///
    /// @throws TransferException when something is missing
    public Received finish() {
        enter();
        if (list == null) {
            throw new TransferException("the stream ended before it began");
        }
        if (file != null) {
            throw new TransferException("the stream ended in file " + (current + 1) + " of "
                    + list.files().size());
        }
        try {
            long start = System.nanoTime();
            syncDirectories();
            flushNanos += System.nanoTime() - start;
        } catch (IOException e) {
            throw new TransferException("cannot flush " + directory(), e);
        }
        phase = Phase.FINISHED;
        return new Received(directory(), list.at(), flushNanos);
    }

    /// Removes what was received, unless it was finished: then it is the caller's.
    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
            file = null;
        }
        if (phase != Phase.FINISHED) {
            phase = Phase.FAILED;
            removeRemains(incoming);
        }
    }

    /// Any way out but the regular one leaves it failed.
    private void enter() {
        if (phase != Phase.RECEIVING) {
            throw new IllegalStateException("the transfer is " + phase);
        }
        phase = Phase.FAILED;
    }

    private Path directory() {
        return incoming.resolve("checkpoint");
    }

    private void begin(Manifest manifest) throws IOException {
        if (list != null) {
            throw new TransferException("refused a second manifest");
        }
        var announced = FileList.of(manifest);
        if (announced.at().getIndex() < wanted.atLeastIndex) {
            throw new TransferException("the checkpoint ends with entry "
                    + announced.at().getIndex() + ", but the log begins behind entry " + wanted.atLeastIndex);
        }
        var usable = Files.getFileStore(incoming).getUsableSpace();
        if (announced.bytes() > usable - wanted.keepFree) {
            throw new TransferException("the checkpoint has " + announced.bytes() + " bytes, but only " + usable
                    + " are free, of which " + wanted.keepFree + " must stay free");
        }
        list = announced;
        file = nextUnfinished(announced, 0);
    }

    private void append(Data data) throws IOException {
        if (list == null || file == null || data.getFile() != current) {
            throw new TransferException("refused content of file " + data.getFile() + " out of turn");
        }
        file.append(data.getContent());
        if (file.isFull()) {
            flushNanos += file.complete();
            file = nextUnfinished(list, current + 1);
        }
    }

    /// Opens the next file that needs content, and makes the empty ones before it; none when there is no such file.
    private @Nullable IncomingFile nextUnfinished(FileList announced, int from) throws IOException {
        for (current = from; current < announced.files().size(); current++) {
            var next = new IncomingFile(directory(), announced.files().get(current));
            if (!next.isFull()) {
                return next;
            }
            flushNanos += next.complete();
        }
        return null;
    }

    private void syncDirectories() throws IOException {
        try (var found = Files.walk(directory())) {
            for (var path : (Iterable<Path>) found.filter(Files::isDirectory)::iterator) {
                Durable.syncDirectory(path);
            }
        }
        for (var path : List.of(incoming, incoming.resolve(".."))) {
            Durable.syncDirectory(path);
        }
    }
}
