package io.metastore.server.datadir;

import io.metastore.server.config.StorageEngine;
import io.metastore.server.model.MemberId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The directories of a member that does not run, locked for as long as this lives. Nothing in them is changed by it.
public final class StoppedMember implements AutoCloseable {
    private final Layout layout;
    private final Locks locks;
    private final Identity identity;

    private StoppedMember(Layout layout, Locks locks, Identity identity) {
        this.layout = layout;
        this.locks = locks;
        this.identity = identity;
    }

    /// Opens the directories of a member that has run, with its data and its log in them.
    ///
    /// @param logDir the same as `dataDir`, or the one in which its log lies
    /// @throws DataDirectoryException when there is none, it runs, was removed, or a part of it is missing
    public static StoppedMember open(Path dataDir, Path logDir) throws IOException {
        var layout = new Layout(
                dataDir.toAbsolutePath().normalize(), logDir.toAbsolutePath().normalize());
        refuseOthers(layout);
        var copies = new Copies(layout);
        var _ = copies.whole();
        var locks = Locks.take(layout);
        try {
            var identity = copies.whole();
            if (!identity.bootstrapped()) {
                throw new DataDirectoryException("the member in " + layout.dataDir()
                        + " has never run, so it holds nothing of the cluster. Start it, or take another one");
            }
            return new StoppedMember(layout, locks, identity);
        } catch (IOException | RuntimeException e) {
            locks.close();
            throw e;
        }
    }

    private static void refuseOthers(Layout layout) {
        if (!Files.isDirectory(layout.dataDir())) {
            throw new DataDirectoryException("there is no directory " + layout.dataDir());
        }
        if (!Files.exists(layout.identity()) && Files.exists(layout.dataDir().resolve("member"))) {
            throw new DataDirectoryException("the directory " + layout.dataDir()
                    + " holds the data of an etcd (member), which cannot be read. Start that etcd with "
                    + "--force-new-cluster");
        }
    }

    public Path dataDir() {
        return layout.dataDir();
    }

    public long clusterId() {
        return identity.clusterId();
    }

    public MemberId memberId() {
        return identity.memberId();
    }

    public String name() {
        return identity.name();
    }

    public StorageEngine engine() {
        return identity.engine();
    }

    /// Holds Ratis's files.
    public Path raft() {
        return layout.raft();
    }

    public Path store() {
        return layout.store(identity.engine());
    }

    @Override
    public void close() {
        locks.close();
    }
}
