package io.metastore.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.Operator;
import io.metastore.crds.ClusterStatus.Phase;
import io.metastore.crds.Condition;
import io.metastore.crds.Condition.Truth;
import io.metastore.crds.ConditionType;
import io.metastore.crds.MetaStoreCluster;
import io.metastore.operator.cluster.Leadership;
import io.metastore.operator.config.OperatorConfig;
import io.metastore.operator.testkit.Clusters;
import io.metastore.operator.testkit.MockKubernetes;
import io.metastore.operator.testkit.PlayedKubelet;
import io.metastore.operator.testkit.PlayedMembers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/// A Kubernetes in memory on which Pods run at once, and the operators on it.
final class OperatorSite implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final MockKubernetes kubernetes = MockKubernetes.start();
    final KubernetesClient client = kubernetes.client();
    final PlayedMembers members = new PlayedMembers();
    /// Identities of those that led and no longer do.
    final Set<String> lost = ConcurrentHashMap.newKeySet();

    private final SharedIndexInformer<Pod> kubelet = new PlayedKubelet(client, members).follow();
    private final Map<String, Running> operators = new HashMap<>();

    private record Running(Operator operator, Leadership leadership) {}

    /// Starts an operator that is alone.
    ///
    /// @param namespaces that it watches; all when there are none
    void operator(String... namespaces) {
        start(config(Set.of(namespaces), "metastore-server", ""));
    }

    /// Starts one of several. The Pods that it makes tell of it by their image.
    void operatorNamed(String identity) {
        start(config(Set.of(), identity, identity));
    }

    private static OperatorConfig config(Set<String> namespaces, String image, String identity) {
        return new OperatorConfig(namespaces, image, "metastore-operator", identity, "operators", 0);
    }

    private void start(OperatorConfig config) {
        var leadership = new Leadership(config, () -> lost.add(config.identity()));
        var operator = OperatorMain.operator(client, config, members, leadership);
        operator.start();
        operators.put(config.identity(), new Running(operator, leadership));
    }

    /// As on SIGTERM.
    void stop(String identity) {
        var running = Objects.requireNonNull(operators.remove(identity));
        running.leadership().leave();
        running.operator().stop();
        running.leadership().release(client);
    }

    void apply(MetaStoreCluster cluster) {
        client.resource(cluster).create();
    }

    /// What a user changes.
    void edit(String spec) {
        client.resource(cluster()).edit(live -> {
            live.setSpec(Clusters.demo(spec).getSpec());
            live.getMetadata().setGeneration(live.getMetadata().getGeneration() + 1);
            return live;
        });
    }

    MetaStoreCluster cluster() {
        return client.resources(MetaStoreCluster.class)
                .inNamespace(Clusters.NAMESPACE)
                .withName("demo")
                .get();
    }

    boolean isGone() {
        return cluster() == null;
    }

    MetaStoreCluster untilPhase(Phase phase) {
        return until(
                this::cluster,
                live -> live.getStatus() != null
                        && live.getStatus().phase() == phase
                        && live.getMetadata()
                                .getGeneration()
                                .equals(live.getStatus().observedGeneration()));
    }

    <A> A until(Callable<A> look, Predicate<A> so) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(look, so);
    }

    static Truth truth(MetaStoreCluster cluster, ConditionType type) {
        return cluster.getStatus().conditions().stream()
                .filter(known -> known.type() == type)
                .map(Condition::status)
                .findFirst()
                .orElse(Truth.UNKNOWN);
    }

    /// Kind and name of all objects beside the cluster, in order.
    List<String> objects() {
        var found = new ArrayList<HasMetadata>();
        found.addAll(client.pods().inNamespace(Clusters.NAMESPACE).list().getItems());
        found.addAll(client.persistentVolumeClaims()
                .inNamespace(Clusters.NAMESPACE)
                .list()
                .getItems());
        found.addAll(client.services().inNamespace(Clusters.NAMESPACE).list().getItems());
        found.addAll(client.secrets().inNamespace(Clusters.NAMESPACE).list().getItems());
        found.addAll(
                client.serviceAccounts().inNamespace(Clusters.NAMESPACE).list().getItems());
        found.addAll(client.network()
                .v1()
                .networkPolicies()
                .inNamespace(Clusters.NAMESPACE)
                .list()
                .getItems());
        found.addAll(client.policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(Clusters.NAMESPACE)
                .list()
                .getItems());
        return found.stream()
                .map(object -> object.getKind() + " " + object.getMetadata().getName())
                .sorted()
                .toList();
    }

    List<Pod> pods() {
        return client.pods().inNamespace(Clusters.NAMESPACE).list().getItems();
    }

    @Override
    public void close() {
        List.copyOf(operators.keySet()).forEach(this::stop);
        kubelet.close();
        client.close();
        kubernetes.close();
    }
}
