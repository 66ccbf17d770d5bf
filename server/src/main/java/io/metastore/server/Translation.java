package io.metastore.server;

import io.metastore.server.apply.Scope;
import io.metastore.server.config.CompactionConfig;
import io.metastore.server.config.LimitConfig;
import io.metastore.server.config.RaftConfig;
import io.metastore.server.config.ServerConfig;
import io.metastore.server.config.StorageConfig;
import io.metastore.server.config.Url;
import io.metastore.server.datadir.DataDirectory;
import io.metastore.server.datadir.ExistingCluster;
import io.metastore.server.model.MemberId;
import io.metastore.server.node.NodeLimits;
import io.metastore.server.raft.ClusterLookup;
import io.metastore.server.raft.RaftStart;
import io.metastore.server.upkeep.CompactionPace;
import io.metastore.server.upkeep.CompactionPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// From the settings, as a person gives them, to what each part wants to know.
final class Translation {
    private static final Duration BASE_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration COMPACTION_IDLE = Duration.ofMillis(100);
    /// What surrounds a request in an entry: keys of the log's own format, sequence numbers and the like.
    private static final int ENTRY_ROOM = 1 << 20;

    private Translation() {}

    /// etcd's: time for the disk, and for the loss of two leaders.
    static Duration requestTimeout(RaftConfig raft) {
        return BASE_TIMEOUT.plus(raft.electionTimeout().multipliedBy(2));
    }

    static int maxEntryBytes(LimitConfig limits) {
        return limits.maxRequestBytes() + ENTRY_ROOM;
    }

    /// Where clients reach this member; nowhere if it is a witness.
    static List<String> clientUrls(ServerConfig config) {
        if (config.storage().isWitness()) {
            return List.of();
        }
        return config.listeners().advertisedClientUrls().stream()
                .map(Url::toString)
                .toList();
    }

    static NodeLimits limits(ServerConfig config) {
        return NodeLimits.of(config.limits(), config.membership(), config.raft().electionTimeout());
    }

    static Scope scope(StorageConfig storage) {
        return storage.isWitness() ? Scope.MEMBERSHIP : Scope.EVERYTHING;
    }

    static CompactionPace pace(CompactionConfig compaction) {
        return new CompactionPace(compaction.sleepInterval(), COMPACTION_IDLE);
    }

    static CompactionPolicy policy(CompactionConfig compaction) {
        return switch (compaction.auto()) {
            case io.metastore.server.config.AutoCompaction.Off _ -> new CompactionPolicy.Off();
            case io.metastore.server.config.AutoCompaction.Periodic(var retention) ->
                new CompactionPolicy.Periodic(retention);
            case io.metastore.server.config.AutoCompaction.Revisions(var retention) ->
                new CompactionPolicy.Revisions(retention);
        };
    }

    static RaftStart raftStart(ServerConfig config, DataDirectory directory) {
        boolean format = !directory.isBootstrapped();
        var listen = config.listeners().peerUrls().getFirst();
        return new RaftStart(
                directory.clusterId(),
                directory.memberId(),
                directory.incarnation(),
                format ? founders(config, directory) : List.of(),
                acquaintances(config),
                format,
                config.membership().forceNewCluster()
                        ? Optional.of(founder(directory.memberId(), advertised(config), false))
                        : Optional.empty(),
                config.storage().isWitness(),
                directory.raft(),
                address(listen),
                new RaftStart.Transfers(
                        config.storage().engine().text(),
                        directory.checkpoints(),
                        directory.incoming(),
                        config.transfer().bytesPerSecond()));
    }

    private static List<String> acquaintances(ServerConfig config) {
        return config.bootstrap().members().entrySet().stream()
                .filter(member -> !member.getKey().equals(config.member().name()))
                .flatMap(member -> member.getValue().stream())
                .map(Url::authority)
                .toList();
    }

    private static List<RaftStart.Founder> founders(ServerConfig config, DataDirectory directory) {
        return switch (directory.beginning()) {
            case FOUNDER ->
                directory.founders(config).members().stream()
                        .map(founder -> founder(founder.id(), founder.peerUrls(), false))
                        .toList();
            case VOTER -> List.of();
            case LEARNER -> List.of(founder(directory.memberId(), advertised(config), true));
        };
    }

    private static List<String> advertised(ServerConfig config) {
        return config.listeners().advertisedPeerUrls().stream()
                .map(Url::toString)
                .toList();
    }

    private static RaftStart.Founder founder(MemberId id, List<String> peerUrls, boolean learner) {
        return new RaftStart.Founder(id, address(Url.parse(peerUrls.getFirst())), peerUrls, learner);
    }

    /// Asks members of a running cluster over the peers' port.
    static ExistingCluster existingCluster(ClusterLookup lookup) {
        return places -> lookup.ask(places.stream().map(Url::authority).toList()).stream()
                .map(found -> new ExistingCluster.Answer(found.clusterId(), found.members()))
                .toList();
    }

    private static RaftStart.Address address(Url url) {
        return new RaftStart.Address(url.host(), url.port());
    }
}
