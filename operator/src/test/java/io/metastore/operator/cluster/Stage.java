package io.metastore.operator.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.metastore.crds.MetaStoreCluster;
import io.metastore.operator.testkit.Clusters;
import io.metastore.operator.testkit.MockKubernetes;
import io.metastore.operator.testkit.PlayedKubelet;
import io.metastore.operator.testkit.PlayedMembers;
import java.time.Clock;
import java.util.List;

/// One cluster on an API server in memory with played members, looked after pass by pass, so that
/// nothing has to be waited for.
final class Stage implements AutoCloseable {
    final MockKubernetes kubernetes = MockKubernetes.start();
    final KubernetesClient client = kubernetes.client();
    final PlayedMembers members = new PlayedMembers();
    private final PlayedKubelet kubelet = new PlayedKubelet(client, members);
    final Caretaker caretaker = caretaker();
    private MetaStoreCluster cluster;

    Stage(String spec) {
        cluster = client.resource(Clusters.demo(spec)).create();
    }

    Caretaker caretaker() {
        return new Caretaker(client, members, Clock.systemUTC(), "metastore-server");
    }

    MetaStoreCluster cluster() {
        return client.resource(cluster).get();
    }

    /// What a user changes.
    void edit(String spec) {
        var live = cluster();
        live.setSpec(Clusters.demo(spec).getSpec());
        live.getMetadata().setGeneration(live.getMetadata().getGeneration() + 1);
        cluster = client.resource(live).update();
    }

    /// One look, and then the kubelet has started what there is.
    void pass() {
        caretaker.pass(cluster);
        pods().forEach(kubelet::run);
    }

    void pass(int times) {
        for (int i = 0; i < times; i++) {
            pass();
        }
    }

    List<Pod> pods() {
        return client.pods().inNamespace(Clusters.NAMESPACE).list().getItems();
    }

    List<String> podNames() {
        return pods().stream().map(pod -> pod.getMetadata().getName()).toList();
    }

    List<String> claims() {
        return client.persistentVolumeClaims().inNamespace(Clusters.NAMESPACE).list().getItems().stream()
                .map(claim -> claim.getMetadata().getName())
                .toList();
    }

    @Override
    public void close() {
        client.close();
        kubernetes.close();
    }
}
