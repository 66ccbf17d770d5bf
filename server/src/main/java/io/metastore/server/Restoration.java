package io.metastore.server;

import io.metastore.server.cluster.Origin;
import io.metastore.server.config.ConfigException;
import io.metastore.server.config.ServerConfig;
import io.metastore.server.datadir.DataDirectory;
import io.metastore.server.datadir.Founders;
import io.metastore.server.datadir.Surroundings;
import io.metastore.server.snapshot.RestoredState;
import io.metastore.server.snapshot.SnapshotFile;
import io.metastore.server.snapshot.StateImport;
import io.metastore.server.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A restored state that waits in the data directory, on its way into the member that starts there.
///
/// It may be cut short anywhere. Until the Raft log exists, nobody knows of this member, so the next start throws away
/// what was imported and begins again; afterwards what was imported is whole and durable.
record Restoration(Optional<RestoredState> state) {
    static Restoration find(ServerConfig config) throws IOException {
        var dataDir = config.member().dataDir().toAbsolutePath().normalize();
        var state = DataDirectory.isBootstrapped(dataDir)
                ? Optional.<RestoredState>empty()
                : RestoredState.find(dataDir, DataDirectory.restored(dataDir));
        if (state.isPresent() && config.storage().isWitness()) {
            throw new ConfigException("a snapshot was restored into " + dataDir + ", and --role is witness, "
                    + "which keeps none: restore it for the members with data only, and add the witness to the "
                    + "running cluster with etcdctl member add");
        }
        return new Restoration(state);
    }

    /// The directory, for the members that the state was restored for if there is one.
    DataDirectory claim(ServerConfig config, Surroundings surroundings) throws IOException {
        var directory = DataDirectory.claim(config, surroundings, state.map(Restoration::founders));
        if (state.isPresent() && !directory.isBootstrapped()) {
            try {
                removeAll(directory.store());
            } catch (IOException | RuntimeException e) {
                directory.close();
                throw e;
            }
        }
        return directory;
    }

    /// @param storage that of `directory`, empty if the member was never started
    void into(DataDirectory directory, Storage storage) throws IOException {
        if (state.isPresent() && !directory.isBootstrapped()) {
            try (var file = SnapshotFile.open(state.get().file())) {
                StateImport.run(file, storage, state.get().plan().bump());
            }
        }
    }

    /// Puts away what a start left that was cut short right behind the import.
    static void tidy(ServerConfig config, DataDirectory directory, Storage storage) {
        try (var snapshot = storage.snapshot()) {
            if (directory.isBootstrapped() && Origin.isImported(snapshot)) {
                var dataDir = config.member().dataDir().toAbsolutePath().normalize();
                RestoredState.discardRemains(dataDir, DataDirectory.restored(dataDir));
            }
        }
    }

    /// To be called once the Raft log exists.
    void done() {
        state.ifPresent(RestoredState::discard);
    }

    private static Founders founders(RestoredState state) {
        return Founders.of(state.plan().members().stream()
                .map(member -> new Founders.Founder(member.id(), member.name(), member.peerUrls()))
                .toList());
    }

    private static void removeAll(Path directory) throws IOException {
        List<Path> all;
        try (var files = Files.walk(directory)) {
            all = files.sorted(Comparator.reverseOrder())
                    .filter(file -> !file.equals(directory))
                    .toList();
        }
        for (var file : all) {
            Files.delete(file);
        }
    }
}
