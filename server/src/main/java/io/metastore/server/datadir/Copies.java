package io.metastore.server.datadir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The two copies of a member's identity, and whether what lies beside them is whole.
record Copies(Layout layout) {
    /// The member that lies here and has run, and nothing of it is missing.
    ///
    /// @throws DataDirectoryException otherwise
    Identity whole() throws IOException {
        var data = read(layout.identity());
        var log = read(layout.logIdentity());
        if (data.isEmpty()) {
            refuseRemains(log);
            throw new DataDirectoryException("the directory " + layout.dataDir() + " holds no member's data");
        }
        refuseRemoved(data.get());
        checkLog(data.get(), log);
        return log.filter(Identity::bootstrapped).orElse(data.get());
    }

    void refuseRemoved(Identity data) {
        if (Files.exists(layout.removed())) {
            throw new DataDirectoryException("the member has been permanently removed from the cluster: "
                    + data.memberId() + ". " + Origin.NEW_MEMBER);
        }
    }

    /// The data's copy is missing: either it was never written, or it was lost.
    void refuseRemains(Optional<Identity> log) throws IOException {
        boolean hasLog = names(layout.raft()).stream().anyMatch(name -> !name.startsWith("identity"));
        boolean hasData =
                names(layout.data()).stream().anyMatch(name -> name.startsWith("store-") || name.equals("checkpoints"));
        if (hasLog || hasData || log.filter(Identity::bootstrapped).isPresent()) {
            throw new DataDirectoryException("the file " + layout.identity() + " is missing, but "
                    + (hasData ? layout.data() : layout.raft()) + " was in use. " + Origin.NEW_MEMBER);
        }
    }

    void checkLog(Identity data, Optional<Identity> log) throws IOException {
        if (log.isEmpty()) {
            throw new DataDirectoryException("the Raft log of member " + data.memberId() + " is missing: there is no "
                    + layout.logIdentity() + ". If it lies elsewhere, name it with --wal-dir. " + Origin.NEW_MEMBER);
        }
        if (!log.get().isSame(data)) {
            throw new DataDirectoryException("the data in " + layout.data() + " is of member " + data.memberId()
                    + " of cluster " + Long.toHexString(data.clusterId()) + ", but the log in " + layout.raft()
                    + " is of member " + log.get().memberId() + " of cluster "
                    + Long.toHexString(log.get().clusterId())
                    + ". Bring the two directories of one member together with --data-dir and --wal-dir");
        }
        boolean started = data.bootstrapped() || log.get().bootstrapped();
        if (started
                && names(layout.raft()).stream()
                        .noneMatch(name -> Files.isDirectory(layout.raft().resolve(name)))) {
            throw new DataDirectoryException("the Raft log of member " + data.memberId() + " is missing from "
                    + layout.raft() + ". " + Origin.NEW_MEMBER);
        }
    }

    static Optional<Identity> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Identity.decoded(Files.readAllBytes(file)));
        } catch (IllegalArgumentException e) {
            throw new DataDirectoryException("the file " + file + " " + e.getMessage() + ". " + Origin.NEW_MEMBER, e);
        }
    }

    static List<String> names(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var entries = Files.list(directory)) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .sorted()
                    .toList();
        }
    }
}
