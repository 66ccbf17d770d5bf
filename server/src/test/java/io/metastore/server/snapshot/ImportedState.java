package io.metastore.server.snapshot;

import io.metastore.server.apply.State;
import io.metastore.server.mvcc.HashResult;
import io.metastore.server.storage.MemoryStorage;
import io.metastore.server.storage.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A state that came from a file, and can go into one again.
final class ImportedState implements AutoCloseable {
    final MemoryStorage storage = MemoryStorage.volatileOnly();
    final State state;

    private ImportedState(Path file, Bump bump) throws IOException {
        try (var snapshot = SnapshotFile.open(file)) {
            StateImport.run(snapshot, storage, bump);
        }
        state = State.open(storage);
    }

    static ImportedState of(Path file) throws IOException {
        return new ImportedState(file, Bump.NONE);
    }

    static ImportedState of(Path file, Bump bump) throws IOException {
        return new ImportedState(file, bump);
    }

    /// `revision hash compacted`, as the recordings have it.
    String hash(long revision) {
        return switch (state.store().hashKv(revision)) {
            case HashResult.Hash hash ->
                hash.hashRevision() + " " + Integer.toUnsignedString(hash.hash()) + " " + hash.compactRevision();
            case HashResult.Refused refused -> "refused: " + refused.reason();
        };
    }

    Path writeTo(Path file) throws IOException {
        return write(storage, file);
    }

    static Path write(Storage storage, Path file) throws IOException {
        return Files.write(file, bytes(storage));
    }

    byte[] bytes() {
        return bytes(storage);
    }

    static byte[] bytes(Storage storage) {
        var bytes = new ByteArrayOutputStream();
        try (var image = StateImage.of(storage, List.of())) {
            var piece = new byte[32 * 1024];
            for (int read = image.read(piece); read > 0; read = image.read(piece)) {
                bytes.write(piece, 0, read);
            }
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        storage.close();
    }
}
