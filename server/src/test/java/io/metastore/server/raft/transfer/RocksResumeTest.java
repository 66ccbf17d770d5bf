package io.metastore.server.raft.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.Bytes;
import io.metastore.server.raft.transfer.CheckpointReceiver.Wanted;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.RocksSettings;
import io.metastore.server.storage.RocksStorage;
import io.metastore.server.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.apache.ratis.server.protocol.TermIndex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of RocksDB never change: a later checkpoint of the same member shares them with an earlier one, as far as
/// they were not compacted between the two. Once nobody reads a state as old as a file, RocksDB may write the file
/// anew, without the numbers that told the states apart: so somebody reads here. Without that reader 43 of 200 runs
/// found the file written anew.
class RocksResumeTest {
    private static final Path NATIVE_LIBRARIES = Path.of("target", "native");
    private static final int ROWS = 100;
    private static final int ROW_BYTES = 40_000;

    @TempDir
    Path directory;

    @Test
    void whatASenderHadSentBeforeItWasStartedAgainNeedNotComeAgain() throws IOException {
        long brought = 0;
        try (var storage = open("sender")) {
            write(storage, 1);
            storage.checkpoint(directory.resolve("first"));
            try (var receiver = receiver(1);
                    var sender = files("first", 1).sender(Holdings.NONE)) {
                while (brought < ROWS * ROW_BYTES / 2) {
                    var chunk = sender.next();
                    receiver.accept(chunk);
                    brought += chunk.getData().getContent().size();
                }
            }
        }

        try (var storage = open("sender");
                var _ = storage.snapshot();
                var other = open("receiver")) {
            write(storage, 2);
            storage.checkpoint(directory.resolve("second"));
            try (var receiver = receiver(2);
                    var sender = files("second", 2).sender(receiver.held())) {
                assertThat(sender.held()).isEqualTo(brought);
                sender.forEachRemaining(receiver::accept);
                other.replaceWith(receiver.finish().directory());
            }

            try (var rows = other.snapshot()) {
                assertThat(rows.get(Column.CURRENT, key(1, ROWS - 1))).isPresent();
                assertThat(rows.get(Column.CURRENT, key(2, ROWS - 1))).isPresent();
            }
        }
    }

    private Storage open(String name) {
        return RocksStorage.open(directory.resolve(name), RocksSettings.standard(NATIVE_LIBRARIES));
    }

    private CheckpointReceiver receiver(long atLeast) {
        return CheckpointReceiver.open(directory.resolve("incoming"), new Wanted(atLeast, 0, "b"));
    }

    private CheckpointFiles files(String checkpoint, long index) {
        return CheckpointFiles.read(directory.resolve(checkpoint), TermIndex.valueOf(1, index));
    }

    /// What cannot be packed.
    private static void write(Storage storage, int round) {
        var random = new Random(round);
        var value = new byte[ROW_BYTES];
        try (var batch = storage.batch()) {
            for (int row = 0; row < ROWS; row++) {
                random.nextBytes(value);
                batch.put(Column.CURRENT, key(round, row), Bytes.wrap(value.clone()));
            }
            batch.commit();
        }
    }

    private static Bytes key(int round, int row) {
        return Bytes.utf8("%d/%05d".formatted(round, row));
    }
}
