package io.metastore.server.grpc.discovery;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.metastore.server.config.Bootstrap;
import io.metastore.server.config.ConfigException;
import io.metastore.server.config.DiscoveryConfig;
import io.metastore.server.config.Url;
import io.metastore.server.model.MemberId;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mvccpb.KeyValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The founders of a cluster find each other: each puts its name and URLs down, and waits until there are as many as
/// the cluster is to have. Who came first belongs to it, whoever comes too late is refused.
///
///     /_etcd/registry/TOKEN/_config/size              3                              written by a person before
///     /_etcd/registry/TOKEN/members/8e9e05c52164694d  m1=http://10.0.0.1:2380        by each member
///
/// Source: etcd's package v3discovery, whose members take part in this too. It watches for the others, where this asks
/// again every second: that survives a change of the endpoint and a compaction.
public final class Discovery {
    private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);
    private static final String REGISTRY = "/_etcd/registry/";
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 8;

    private final Registry registry;
    private final DiscoveryConfig config;
    private final Waiting waiting;
    private final Map<String, KeyValue> found = new HashMap<>();
    private int retries;

    /// Sleeps; tests do not.
    @FunctionalInterface
    interface Waiting {
        void sleep(Duration time) throws InterruptedException;
    }

    private Discovery(Registry registry, DiscoveryConfig config, Waiting waiting) {
        this.registry = registry;
        this.config = config;
        this.waiting = waiting;
    }

    /// Blocks until all members are there. While the service does not answer, it is asked again.
    ///
    /// @param self the id that this member has if it is the only one of a cluster with this token
    /// @param members this member, as `name=url,name=url`
    /// @return all members with their peer URLs
    /// @throws ConfigException in etcd's words, when this member has no place in the cluster, or nobody says how
    ///     large that is to be
    public static SequencedMap<String, List<Url>> join(DiscoveryConfig config, MemberId self, String members)
            throws IOException, InterruptedException {
        return join(config, self, members, Thread::sleep);
    }

    static SequencedMap<String, List<Url>> join(DiscoveryConfig config, MemberId self, String members, Waiting waiting)
            throws IOException, InterruptedException {
        try (var registry = new Registry(config)) {
            return new Discovery(registry, config, waiting).join(self, members);
        } catch (ConfigException e) {
            throw failed(String.valueOf(e.getMessage()));
        }
    }

    private SequencedMap<String, List<Url>> join(MemberId self, String members) throws InterruptedException {
        login();
        var own = membersPrefix() + "/" + self;
        var _ = size(own);
        register(own, members);
        int size = size(own);
        if (found.size() < size) {
            LOG.atInfo()
                    .addKeyValue("clusterSize", size)
                    .addKeyValue("found-peers", found.size())
                    .log("waiting for peers from discovery service");
        }
        while (found.size() < size) {
            waiting.sleep(PAUSE);
            look();
        }
        var all =
                founders().limit(size).map(row -> row.getValue().toStringUtf8().strip());
        var joined = all.collect(Collectors.joining(","));
        LOG.atInfo().addKeyValue("cluster", joined).log("discovery joined cluster successfully");
        return parsed(joined);
    }

    private void login() {
        try {
            registry.login();
        } catch (StatusRuntimeException e) {
            throw new ConfigException(String.valueOf(e.getStatus().getDescription()));
        }
    }

    private void register(String own, String members) throws InterruptedException {
        var _ = retried("register member itself", () -> {
            registry.put(own, members);
            return true;
        });
        LOG.atInfo()
                .addKeyValue("memberKey", own)
                .addKeyValue("memberInfo", members)
                .log("register member itself successfully");
    }

    /// How large the cluster is to be, if this member may belong to it as things stand.
    private int size(String own) throws InterruptedException {
        return retried("cluster status check", () -> {
            int size = registry.get(prefix() + "/_config/size")
                    .map(Discovery::number)
                    .orElseThrow(() -> new ConfigException("discovery: size key not found"));
            found.clear();
            addAll(registry.list(membersPrefix()));
            var first = founders().limit(size).map(Discovery::key).toList();
            if (first.size() == size && !first.contains(own)) {
                throw new ConfigException("discovery: cluster is full");
            }
            return size;
        });
    }

    private void look() {
        try {
            addAll(registry.list(membersPrefix()));
        } catch (StatusRuntimeException e) {
            LOG.atDebug().addKeyValue("cause", cause(e.getStatus())).log("the discovery service does not answer");
        }
    }

    private void addAll(List<KeyValue> rows) {
        for (var row : rows) {
            var info = row.getValue().toStringUtf8().strip();
            if (!info.contains("=")) {
                LOG.atWarn()
                        .addKeyValue("memberKey", key(row))
                        .addKeyValue("memberInfo", info)
                        .log("invalid peer info returned from discovery service");
            } else if (found.putIfAbsent(key(row), row) == null) {
                LOG.atInfo()
                        .addKeyValue("memberKey", key(row))
                        .addKeyValue("memberInfo", info)
                        .log("found peer from discovery service");
            }
        }
    }

    /// Who came first, first.
    private Stream<KeyValue> founders() {
        return found.values().stream().sorted(Comparator.comparingLong(KeyValue::getCreateRevision));
    }

    private static SequencedMap<String, List<Url>> parsed(String members) {
        try {
            return Bootstrap.parseMembers(members);
        } catch (IllegalArgumentException e) {
            LOG.atError().addKeyValue("cause", e.getMessage()).log("a member is registered with URLs that are none");
            throw new ConfigException("discovery: invalid peer URL");
        }
    }

    /// Asks until there is an answer, at longer and longer intervals.
    private <T> T retried(String step, Supplier<T> action) throws InterruptedException {
        while (true) {
            try {
                var result = action.get();
                retries = 0;
                return result;
            } catch (StatusRuntimeException e) {
                retries = Math.min(retries + 1, MOST_DOUBLINGS);
                var backoff = Duration.ofSeconds(1L << retries);
                LOG.atWarn()
                        .addKeyValue("reason", step)
                        .addKeyValue("cause", cause(e.getStatus()))
                        .addKeyValue("backoff", backoff)
                        .log("retry connecting to discovery service");
                waiting.sleep(backoff);
            }
        }
    }

    private static String cause(Status status) {
        var cause = status.getCause();
        return status.getCode() + ": " + (cause == null ? status.getDescription() : cause.getMessage());
    }

    private String prefix() {
        return REGISTRY + config.token();
    }

    private String membersPrefix() {
        return prefix() + "/members";
    }

    private static String key(KeyValue row) {
        return row.getKey().toStringUtf8().strip();
    }

    private static int number(String text) {
        try {
            int size = Integer.parseInt(text);
            if (size > 0) {
                return size;
            }
        } catch (NumberFormatException _) {
            // It is refused like one that is not positive.
        }
        throw new ConfigException("discovery: size key is bad");
    }

    private static ConfigException failed(String why) {
        return new ConfigException("failed to join discovery cluster (" + why + ")");
    }
}
