package io.metastore.server.cli;

import io.metastore.server.config.AdminConfig;
import io.metastore.server.config.RestoreConfig;
import io.metastore.server.config.SourceConfig;
import java.nio.file.Path;
import java.util.Optional;

/// What the program does besides serving.
public sealed interface Tool {
    /// How a status is written.
    enum Format {
        SIMPLE,
        JSON,
        TABLE,
        FIELDS
    }

    /// Tells what a snapshot holds.
    record SnapshotStatus(Path file, Format format) implements Tool {}

    /// Makes a snapshot the first state of a new member.
    record RestoreSnapshot(Path file, RestoreConfig restore) implements Tool {}

    /// Asks a running cluster something, or changes its members.
    record Administer(AdminConfig config) implements Tool {}

    /// Copies the state of a running etcd, and makes it the first state of a new member.
    record ImportCluster(SourceConfig source, RestoreConfig restore) implements Tool {}

    /// Lets a member that does not run go on alone, when the majority of its cluster is lost for good.
    ///
    /// @param logDir the same as `dataDir`, or the one in which its log lies
    /// @param confirmation what was said the first time; without it nothing is changed
    record RecoverQuorum(Path dataDir, Path logDir, Optional<String> confirmation) implements Tool {}
}
