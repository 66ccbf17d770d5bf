package io.metastore.server.datadir;

import io.metastore.server.config.MemberConfig;
import io.metastore.server.config.StorageEngine;
import io.metastore.server.file.Durable;
import java.io.IOException;
import java.nio.file.Path;

/// Where what lies.
///
/// @param dataDir as the settings name it; only `metastore` in it is ours
/// @param logDir the same, or another one
record Layout(Path dataDir, Path logDir) {
    static final String OURS = "metastore";

    static Layout of(MemberConfig member) {
        return new Layout(
                member.dataDir().toAbsolutePath().normalize(),
                member.logDir().toAbsolutePath().normalize());
    }

    Path data() {
        return dataDir.resolve(OURS);
    }

    Path log() {
        return logDir.resolve(OURS);
    }

    boolean hasSeparateLog() {
        return !dataDir.equals(logDir);
    }

    Path identity() {
        return data().resolve("identity");
    }

    /// There when the member was removed from its cluster.
    Path removed() {
        return data().resolve("removed");
    }

    Path incarnation() {
        return data().resolve("incarnation");
    }

    Path raft() {
        return log().resolve("raft");
    }

    Path logIdentity() {
        return raft().resolve("identity");
    }

    Path store(StorageEngine engine) {
        return data().resolve("store-" + engine.text());
    }

    Path checkpoints() {
        return data().resolve("checkpoints");
    }

    Path incoming() {
        return data().resolve("incoming");
    }

    void makeDirectories(StorageEngine engine) throws IOException {
        Durable.makeDirectories(store(engine));
        Durable.makeDirectories(checkpoints());
        Durable.makeDirectories(incoming());
    }
}
