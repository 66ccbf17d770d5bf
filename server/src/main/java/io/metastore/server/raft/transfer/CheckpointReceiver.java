package io.metastore.server.raft.transfer;

import io.metastore.proto.peer.v1.SnapshotChunk;
import io.metastore.proto.peer.v1.SnapshotChunk.Data;
import io.metastore.proto.peer.v1.SnapshotChunk.Manifest;
import io.metastore.server.file.Durable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.ratis.server.protocol.TermIndex;
import org.jspecify.annotations.Nullable;

/// Writes a checkpoint that another member sends into a directory of its own:
///
///     incoming/parts/…           contents while they come, whole or not
///     incoming/checkpoint/…      complete after `finish`; anything found in either later is remains
///
/// It trusts nothing in the stream but what the sums prove, and nothing that an earlier transfer left but what they
/// prove again. A stream that breaks leaves what it brought for the next one; one that is wrong leaves nothing. It
/// holds one open file. One thread at a time, and one receiver for each `incoming` directory. After an exception it is
/// of no use.
public final class CheckpointReceiver implements AutoCloseable {
    private final Path incoming;
    private final Wanted wanted;
    private final Remains remains;
    private final Holdings held;
    private @Nullable FileList list;
    private @Nullable IncomingFile file;
    private int current;
    private long resumed;
    private long flushNanos;
    private Phase phase = Phase.RECEIVING;

    /// What makes a checkpoint of use here.
    ///
    /// @param atLeastIndex the log goes on behind this entry, so the checkpoint must hold its effect
    /// @param keepFree bytes that must stay free on the volume
    /// @param sender who is asked
    public record Wanted(long atLeastIndex, long keepFree, String sender) {}

    /// What was announced.
    ///
    /// @param bytes of all files
    /// @param resumed those of them that were here already
    public record Announced(TermIndex at, long bytes, long resumed) {}

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

    private CheckpointReceiver(Path incoming, Wanted wanted, Remains remains) {
        this.incoming = incoming;
        this.wanted = wanted;
        this.remains = remains;
        this.held = remains.held();
    }

    /// Reads what earlier transfers left in `incoming`, and goes on with it.
    ///
    /// @throws TransferException when what cannot be read cannot be removed either, or a directory not be made
    public static CheckpointReceiver open(Path incoming, Wanted wanted) {
        try {
            return new CheckpointReceiver(incoming, wanted, Remains.open(incoming));
        } catch (IOException _) {
            // What cannot be read is worth no more than what is not there.
            removeRemains(incoming);
            return openEmpty(incoming, wanted);
        }
    }

    private static CheckpointReceiver openEmpty(Path incoming, Wanted wanted) {
        try {
            return new CheckpointReceiver(incoming, wanted, Remains.open(incoming));
        } catch (IOException e) {
            throw new TransferException("cannot make directories in " + incoming, e);
        }
    }

    /// Removes what transfers have left, complete or not.
    ///
    /// @throws TransferException when something cannot be removed
    public static void removeRemains(Path incoming) {
        try {
            Remains.remove(incoming);
        } catch (IOException e) {
            throw new TransferException("cannot remove the remains of a transfer from " + incoming, e);
        }
    }

    /// Who sent what an earlier transfer left, if one did: only that member may have the same checkpoint still.
    public static Optional<String> earlierSender(Path incoming) {
        return Remains.sender(incoming);
    }

    /// What the sender need not send.
    public Holdings held() {
        return held;
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
            throw new TransferException("cannot write the checkpoint to " + incoming, e);
        }
        phase = Phase.RECEIVING;
    }

    /// What the stream said of the checkpoint; nothing before its first message.
    public Optional<Announced> announced() {
        return Optional.ofNullable(list).map(all -> new Announced(all.at(), all.bytes(), resumed));
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
            remains.assemble(list.files());
            syncDirectories();
            flushNanos += System.nanoTime() - start;
        } catch (IOException e) {
            throw new TransferException("cannot flush " + remains.checkpoint(), e);
        }
        phase = Phase.FINISHED;
        return new Received(remains.checkpoint(), list.at(), flushNanos);
    }

    /// Removes what was received if something was wrong with it. If it was finished, it is the caller's; if the stream
    /// broke, the next receiver's.
    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
            file = null;
        }
        if (phase == Phase.FAILED) {
            removeRemains(incoming);
        }
        if (phase != Phase.FINISHED) {
            phase = Phase.FAILED;
        }
    }

    /// Any way out but the regular one leaves it failed.
    private void enter() {
        if (phase != Phase.RECEIVING) {
            throw new IllegalStateException("the transfer is " + phase);
        }
        phase = Phase.FAILED;
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
        announced.files().forEach(this::checkBeginning);
        remains.keep(announced.contents(), wanted.sender);
        resumed = announced.files().stream().mapToLong(FileList.Entry::sentFrom).sum();
        checkSpace(announced);
        list = announced;
        file = nextUnfinished(announced, 0);
    }

    private void checkBeginning(FileList.Entry entry) {
        long here = remains.bytes(entry.content());
        if (entry.sentFrom() != 0 && entry.sentFrom() != here) {
            throw new TransferException("refused to go on with '" + entry.name().text() + "' at " + entry.sentFrom()
                    + ": " + here + " bytes of it are here");
        }
    }

    private void checkSpace(FileList announced) throws IOException {
        long toCome = announced.bytes()
                - announced.contents().stream().mapToLong(remains::bytes).sum();
        long usable = Files.getFileStore(incoming).getUsableSpace();
        if (toCome > usable - wanted.keepFree) {
            throw new TransferException("the checkpoint has " + toCome + " bytes more, but only " + usable
                    + " are free, of which " + wanted.keepFree + " must stay free");
        }
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
            var entry = announced.files().get(current);
            if (isHere(entry)) {
                continue;
            }
            var next = remains.receive(entry);
            if (!next.isFull()) {
                return next;
            }
            flushNanos += next.complete();
        }
        return null;
    }

    /// Nothing of it is sent, since all of it is here.
    private boolean isHere(FileList.Entry entry) {
        if (entry.content().size() == 0 || entry.sentFrom() < entry.content().size()) {
            return false;
        }
        checkBeginning(entry);
        return true;
    }

    private void syncDirectories() throws IOException {
        try (var found = Files.walk(remains.checkpoint())) {
            for (var path : (Iterable<Path>) found.filter(Files::isDirectory)::iterator) {
                Durable.syncDirectory(path);
            }
        }
        for (var path : List.of(incoming, incoming.resolve(".."))) {
            Durable.syncDirectory(path);
        }
    }
}
