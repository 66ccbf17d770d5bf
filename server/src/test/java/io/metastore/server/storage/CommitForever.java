package io.metastore.server.storage;

import io.metastore.server.model.Bytes;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;

/// A process that commits until it is killed, and says on its output what is durable. The n-th commit is the same in
/// every run, so that whoever killed it can tell what should be there.
final class CommitForever {
    private static final int KEYS = 2_000;
    private static final int PERSIST_EVERY = 40;
    static final Bytes COUNT = Bytes.utf8("count");

    private CommitForever() {}

    /// @param arguments the engine (`memory` or `rocksdb`), the directory, where the native library lies
    static void main(String[] arguments) {
        try (var storage = open(arguments[0], Path.of(arguments[1]), Path.of(arguments[2]))) {
            for (int number = committed(storage) + 1; ; number++) {
                commit(storage, number);
                if (number % PERSIST_EVERY == 0) {
                    storage.persist();
                    System.out.println(number);
                }
            }
        }
    }

    /// With so little memory that RocksDB writes to disk by itself all the time.
    static Storage open(String engine, Path directory, Path libraries) {
        return engine.equals("memory")
                ? MemoryStorage.open(directory)
                : RocksStorage.open(directory, new RocksSettings(RocksSettings.LEAST_MEMORY_BYTES, 2, libraries));
    }

    /// How many commits the rows come from.
    static int committed(Storage storage) {
        try (var snapshot = storage.snapshot()) {
            return snapshot.get(Column.META, COUNT)
                    .map(count -> ByteBuffer.wrap(count.shared()).getInt())
                    .orElse(0);
        }
    }

    /// Makes the changes of the `number`-th commit, in three columns.
    static void change(Batch batch, int number) {
        var random = new Random(number);
        batch.put(Column.META, COUNT, bytes(number));
        for (int i = 0; i < 20; i++) {
            var key = bytes(random.nextInt(KEYS));
            if (random.nextInt(4) == 0) {
                batch.delete(Column.CURRENT, key);
            } else {
                batch.put(Column.CURRENT, key, value(random));
            }
        }
        batch.put(Column.EVENTS, bytes(number), value(random));
        batch.delete(Column.EVENTS, bytes(number - 500));
    }

    private static void commit(Storage storage, int number) {
        try (var batch = storage.batch()) {
            change(batch, number);
            batch.commit();
        }
    }

    private static Bytes value(Random random) {
        var value = new byte[256];
        random.nextBytes(value);
        return Bytes.wrap(value);
    }

    private static Bytes bytes(int number) {
        return Bytes.wrap(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }
}
