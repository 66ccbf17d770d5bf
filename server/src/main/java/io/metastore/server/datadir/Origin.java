package io.metastore.server.datadir;

import io.metastore.server.config.ServerConfig;
import io.metastore.server.file.Durable;
import io.metastore.server.model.MemberId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Decides whether a member with these settings may start on this directory, and as whom.
///
/// A member that lost a part of its files could vote twice in a term or forget what it acknowledged,
/// and Ratis makes missing files anew without a word. So a member is known by two copies of its
/// identity, and both must be there:
///
///     data   log                          is
///     -      -, nothing else there        new
///     -      there, nothing else there    new: its first start was cut short
///     there  there, same                  that member
///     everything else                     refused
final class Origin {
    static final String NEW_MEMBER = "A member that lost a part of its files must not come back as the same one: "
            + "remove it from the cluster and add a new member with an empty directory.";

    /// What may lie in the directory of a member that is not there yet.
    private static final Set<String> HARMLESS = Set.of(Layout.OURS, "lost+found");

    /// Where certificates are that were made before the directory was looked at.
    private static final String SELF_MADE = "fixtures";
    private static final Set<String> OF_SELF_MADE = Set.of("client", "mysql", "peer");

    private final Layout layout;
    private final ServerConfig config;
    private final Surroundings surroundings;
    private final Optional<Founders> restored;

    Origin(Layout layout, ServerConfig config, Surroundings surroundings, Optional<Founders> restored) {
        this.layout = layout;
        this.config = config;
        this.surroundings = surroundings;
        this.restored = restored;
    }

    /// To be asked before anything is made or locked.
    void refuseForeignFiles() throws IOException {
        if (Files.exists(layout.identity())) {
            return;
        }
        refuseForeignFiles(layout.dataDir());
        refuseForeignFiles(layout.logDir());
    }

    /// The member's identity; a new one is on disk, twice, when this returns.
    Identity identity() throws IOException {
        var data = Copies.read(layout.identity());
        var log = Copies.read(layout.logIdentity());
        var copies = new Copies(layout);
        if (data.isEmpty()) {
            copies.refuseRemains(log);
            refuseToForceNothing();
            return make();
        }
        copies.refuseRemoved(data.get());
        copies.checkLog(data.get(), log);
        checkSettings(data.get());
        var identity = log.filter(Identity::bootstrapped).orElse(data.get());
        if (!identity.bootstrapped()) {
            refuseToForceNothing();
        }
        return identity;
    }

    /// Without data there is nothing to go on with: it would be a new cluster, in which what is looked
    /// for is not.
    private void refuseToForceNothing() {
        if (config.membership().forceNewCluster()) {
            throw new DataDirectoryException("--force-new-cluster goes on with the data of a member, and the directory "
                    + layout.dataDir() + " holds none");
        }
    }

    private void refuseForeignFiles(Path directory) throws IOException {
        var certificates = Copies.names(directory.resolve(SELF_MADE));
        var foreign = Copies.names(directory).stream()
                .filter(name -> !HARMLESS.contains(name))
                .filter(name -> restored.isEmpty() || !isRestored(name))
                .filter(name -> !name.equals(SELF_MADE) || !OF_SELF_MADE.containsAll(certificates))
                .toList();
        if (foreign.contains("member")) {
            throw new DataDirectoryException("the directory " + directory
                    + " holds the data of an etcd (member), which cannot be read. Take a snapshot of that etcd with "
                    + "etcdctl snapshot save, and restore it into another --data-dir with metastore snapshot restore");
        }
        if (!foreign.isEmpty()) {
            throw new DataDirectoryException("the directory " + directory + " is not empty and not a member's ("
                    + foreign.getFirst() + "). Start on another --data-dir");
        }
    }

    /// What `etcdutl snapshot restore` leaves in a data directory and in a log directory of its own.
    private static boolean isRestored(String name) {
        return name.equals("member") || name.endsWith(".wal");
    }

    private Identity begin() {
        if (restored.isPresent()) {
            return founder(restored.get());
        }
        var bootstrap = config.founding(surroundings.hosts());
        return switch (bootstrap.state()) {
            case NEW -> founder(Founders.of(bootstrap));
            case EXISTING -> joiner(new Joining(bootstrap, config.member().name(), surroundings).find());
        };
    }

    private Identity make() throws IOException {
        var identity = begin();
        Durable.makeDirectories(layout.raft());
        Durable.replace(layout.logIdentity(), identity.encoded());
        new Incarnations(layout.incarnation()).begin();
        Durable.replace(layout.identity(), identity.encoded());
        return identity;
    }

    private Identity founder(Founders founders) {
        return identity(
                founders.clusterId(), own(founders, config.member().name()).id(), Beginning.FOUNDER);
    }

    private Identity joiner(Joining.Place place) {
        return identity(place.clusterId(), place.member(), place.learner() ? Beginning.LEARNER : Beginning.VOTER);
    }

    private Identity identity(long clusterId, MemberId self, Beginning beginning) {
        return new Identity(
                Identity.FORMAT,
                config.storage().engine(),
                clusterId,
                self,
                config.member().name(),
                beginning,
                false);
    }

    private Founders.Founder own(Founders founders, String name) {
        return founders.find(name)
                .orElseThrow(() -> new DataDirectoryException("the state in " + layout.dataDir()
                        + " was restored for members of other names than \"" + name + "\": "
                        + founders.members().stream()
                                .map(Founders.Founder::name)
                                .collect(Collectors.joining(", "))
                        + ". Start with the --name that it was restored with"));
    }

    private void checkSettings(Identity identity) {
        var engine = config.storage().engine();
        if (engine != identity.engine()) {
            throw new DataDirectoryException("the directory " + layout.dataDir() + " was made with --storage "
                    + identity.engine().text() + " and cannot be used with --storage " + engine.text()
                    + ". Start with --storage " + identity.engine().text() + ", or on another --data-dir");
        }
        var name = config.member().name();
        if (!name.equals(identity.name())) {
            throw new DataDirectoryException("the directory " + layout.dataDir() + " is of the member named \""
                    + identity.name() + "\" (" + identity.memberId() + "), not of \"" + name + "\". Start with --name "
                    + identity.name() + ", or on another --data-dir");
        }
    }
}
