package io.metastore.operator.act;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.metastore.crds.MetaStoreCluster;
import io.metastore.operator.resource.Labels;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Keeps Services, the budget and the like as they should be. They are sent when they should be
/// otherwise than before, and once in a while in case somebody changed them.
public final class SurroundingsKeeper {
    private final KubernetesClient client;
    private final Clock clock;
    private final Duration again;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    private record Kept(String what, Instant when) {}

    /// @param again how soon what somebody changed is put right
    public SurroundingsKeeper(KubernetesClient client, Clock clock, Duration again) {
        this.client = client;
        this.clock = clock;
        this.again = again;
    }

    /// Makes what is missing, corrects what differs, and takes away what is no longer wanted.
    public void keep(MetaStoreCluster cluster, List<HasMetadata> wanted) {
        var what = Serialization.asJson(wanted);
        var before = kept.get(cluster.getMetadata().getUid());
        var now = clock.instant();
        if (before != null
                && before.what().equals(what)
                && now.isBefore(before.when().plus(again))) {
            return;
        }
        wanted.forEach(object -> client.resource(object)
                .fieldManager(Labels.OPERATOR)
                .forceConflicts()
                .serverSideApply());
        removeOthers(cluster, wanted);
        kept.put(cluster.getMetadata().getUid(), new Kept(what, now));
    }

    /// Nothing is remembered of a cluster that is gone.
    public void forget(MetaStoreCluster cluster) {
        kept.remove(cluster.getMetadata().getUid());
    }

    private void removeOthers(MetaStoreCluster cluster, List<HasMetadata> wanted) {
        var names = wanted.stream().map(SurroundingsKeeper::key).collect(Collectors.toSet());
        var namespace = cluster.getMetadata().getNamespace();
        var labels = Map.of(Labels.CLUSTER, cluster.getMetadata().getName(), Labels.MANAGED_BY, Labels.OPERATOR);
        var services = client.services()
                .inNamespace(namespace)
                .withLabels(labels)
                .list()
                .getItems();
        var budgets = client.policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(namespace)
                .withLabels(labels)
                .list()
                .getItems();
        var policies = client.network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace)
                .withLabels(labels)
                .list()
                .getItems();
        Stream.of(services, budgets, policies)
                .<HasMetadata>flatMap(List::stream)
                .filter(object -> !names.contains(key(object)))
                .forEach(object -> client.resource(object).delete());
    }

    private static String key(HasMetadata object) {
        return object.getKind() + " " + object.getMetadata().getName();
    }
}
