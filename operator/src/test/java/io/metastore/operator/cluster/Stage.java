package io.metastore.operator.cluster;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.metastore.crds.MetaStoreCluster;
import io.metastore.operator.resource.Names;
import io.metastore.operator.testkit.Clusters;
import io.metastore.operator.testkit.MockKubernetes;
import io.metastore.operator.testkit.PlayedMembers;
import java.time.Clock;
import java.util.List;

/// One cluster on an API server in memory with played members, looked after pass by pass, so that
/// nothing has to be waited for.
final class Stage implements AutoCloseable {
    static final String LONG_AGO = "2020-01-01T00:00:00Z";

    final MockKubernetes kubernetes = MockKubernetes.start();
    final KubernetesClient client = kubernetes.client();
    final PlayedMembers members = new PlayedMembers();
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
        pods().forEach(this::run);
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

    void run(Pod pod) {
        var name = pod.getMetadata().getName();
        if (pod.getStatus() == null || pod.getStatus().getPodIP() == null) {
            pod.setStatus(new PodStatusBuilder()
                    .withPhase("Running")
                    .withPodIP("10.0.0.1")
                    .withConditions(new PodConditionBuilder()
                            .withType("Ready")
                            .withStatus("True")
                            .withLastTransitionTime(LONG_AGO)
                            .build())
                    .withContainerStatuses(new ContainerStatusBuilder()
                            .withName(Names.CONTAINER)
                            .withNewState()
                            .withNewRunning()
                            .endRunning()
                            .endState()
                            .build())
                    .build());
            client.resource(pod).updateStatus();
        }
        members.start(name, "https://" + name + ".demo-peers.ns.svc:2380");
    }

    @Override
    public void close() {
        client.close();
        kubernetes.close();
    }
}
