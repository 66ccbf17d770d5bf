package io.metastore.server.datadir;

import io.metastore.server.config.ServerConfig;
import io.metastore.server.file.Durable;
import io.metastore.server.model.MemberId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// The member's own directory, locked for as long as this lives. Nobody but `claim` decides what may
/// start on it.
///
///     <data-dir>/metastore/lock                 held while a process uses it
///     <data-dir>/metastore/identity             whose it is
///     <data-dir>/metastore/incarnation          how often it was started
///     <data-dir>/metastore/removed              there when it was removed from its cluster
///     <data-dir>/metastore/store-<engine>/      the key space
///     <data-dir>/metastore/checkpoints/         made here, on the same file system as the store
///     <data-dir>/metastore/incoming/            checkpoints on their way from other members
///     <data-dir>/metastore/restored/            a snapshot that waits for the first start
///     <log-dir>/metastore/raft/identity         the same identity, with the log
///     <log-dir>/metastore/raft/...              Ratis's own files
///
/// The log directory is the data directory unless a separate one was asked for; a separate one has a lock
/// of its own.
public final class DataDirectory implements AutoCloseable {
    private final Layout layout;
    private final Locks locks;
    private final long incarnation;
    private final Optional<Founders> restored;
    private Identity identity;

    private DataDirectory(
            Layout layout, Locks locks, Identity identity, long incarnation, Optional<Founders> restored) {
        this.layout = layout;
        this.locks = locks;
        this.identity = identity;
        this.incarnation = incarnation;
        this.restored = restored;
    }

    /// Where a restored state waits for the member's first start.
    public static Path restored(Path dataDir) {
        return dataDir.toAbsolutePath().normalize().resolve(Layout.OURS).resolve("restored");
    }

    /// Whether the Raft log of the member in `dataDir` was started once. Nothing is claimed.
    ///
    /// @throws DataDirectoryException when the directory is damaged
    public static boolean isBootstrapped(Path dataDir) throws IOException {
        var layout = new Layout(dataDir, dataDir);
        return Copies.read(layout.identity()).filter(Identity::bootstrapped).isPresent();
    }

    /// Those that found the cluster, for a member whose Raft log was not started yet.
    ///
    /// @param config its settings
    /// @throws DataDirectoryException when a first start was cut short, and the settings name other founders since
    public Founders founders(ServerConfig config) {
        var founders = restored.orElseGet(() -> Founders.of(config.bootstrap()));
        if (founders.clusterId() != identity.clusterId()) {
            throw new DataDirectoryException("the first start in " + layout.dataDir()
                    + " was cut short, and it was for other founders than " + config.bootstrap()
                    + ". Start with the same --initial-cluster and --initial-cluster-token, or on another --data-dir");
        }
        return founders;
    }

    /// Takes the directory that the settings name, or makes it when there is nothing yet. Blocks for a
    /// few syncs.
    ///
    /// @throws DataDirectoryException when it is in use, damaged, or not this member's; it is as it was before then
    /// @param surroundings are asked when there is nothing yet
    /// @throws io.metastore.server.config.ConfigException when it is new and the settings name no valid
    ///     founders, or the running cluster does not know the member
    public static DataDirectory claim(ServerConfig config, Surroundings surroundings) {
        return claim(config, surroundings, Optional.empty());
    }

    /// As `claim`, where a restored state may wait.
    ///
    /// @param restored the members that it was restored for, which count in place of those that the settings name
    public static DataDirectory claim(ServerConfig config, Surroundings surroundings, Optional<Founders> restored) {
        var layout = Layout.of(config.member());
        try {
            var origin = new Origin(layout, config, surroundings, restored);
            origin.refuseForeignFiles();
            var locks = Locks.take(layout);
            try {
                var identity = origin.identity();
                layout.makeDirectories(identity.engine());
                long incarnation = new Incarnations(layout.incarnation()).next();
                return new DataDirectory(layout, locks, identity, incarnation, restored);
            } catch (IOException | RuntimeException e) {
                locks.close();
                throw e;
            }
        } catch (IOException e) {
            throw new DataDirectoryException(
                    "cannot use the data directory " + config.member().dataDir() + ": " + e, e);
        }
    }

    public long clusterId() {
        return identity.clusterId();
    }

    public MemberId memberId() {
        return identity.memberId();
    }

    /// How often this directory was started, this time included: 1 at the first. It grows with every start, also
    /// after a crash, so (member, incarnation) names one process.
    public long incarnation() {
        return incarnation;
    }

    /// Whether the Raft log was started once, in this process or an earlier one. If not, start it with the
    /// founders; the log may hold votes already when an earlier start was cut short, so never clear it.
    public boolean isBootstrapped() {
        return identity.bootstrapped();
    }

    /// How this member came to its cluster.
    public Beginning beginning() {
        return identity.beginning();
    }

    /// The member was removed from its cluster for good: from now on it is refused to start.
    public void removed() {
        try {
            Durable.replace(layout.removed(), new byte[0]);
        } catch (IOException e) {
            throw new DataDirectoryException("cannot write " + layout.removed() + ": " + e, e);
        }
    }

    /// To be called once Ratis has made its files: from then on a start without them is refused.
    public void bootstrapped() {
        if (identity.bootstrapped()) {
            return;
        }
        identity = identity.bootstrappedNow();
        try {
            Durable.replace(layout.logIdentity(), identity.encoded());
            Durable.replace(layout.identity(), identity.encoded());
        } catch (IOException e) {
            throw new DataDirectoryException("cannot write " + layout.identity() + ": " + e, e);
        }
    }

    /// For Ratis alone, beside the identity file in it.
    public Path raft() {
        return layout.raft();
    }

    /// For the storage engine alone.
    public Path store() {
        return layout.store(identity.engine());
    }

    public Path checkpoints() {
        return layout.checkpoints();
    }

    /// Anything in it is the rest of a transfer that was cut short, and may be deleted: it would have to come again.
    public Path incoming() {
        return layout.incoming();
    }

    /// Releases the directory; close everything that uses its files before.
    @Override
    public void close() {
        locks.close();
    }
}
