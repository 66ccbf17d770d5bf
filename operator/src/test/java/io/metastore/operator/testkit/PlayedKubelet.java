package io.metastore.operator.testkit;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.metastore.operator.resource.Names;

/// Runs Pods of the cluster demo, each one at once and well.
public final class PlayedKubelet {
    private static final String LONG_AGO = "2020-01-01T00:00:00Z";

    private final KubernetesClient client;
    private final PlayedMembers members;

    public PlayedKubelet(KubernetesClient client, PlayedMembers members) {
        this.client = client;
        this.members = members;
    }

    /// Its process runs from now on, if it did not before.
    public void run(Pod pod) {
        var name = pod.getMetadata().getName();
        if (pod.getStatus() == null || pod.getStatus().getPodIP() == null) {
            client.resource(pod)
                    .editStatus(
                            live -> new PodBuilder(live).withStatus(running()).build());
        }
        members.start(name, "https://" + name + ".demo-peers.ns.svc:2380");
    }

    /// Runs every Pod as soon as there is one, until it is closed.
    public SharedIndexInformer<Pod> follow() {
        return client.pods().inNamespace(Clusters.NAMESPACE).inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Pod pod) {
                run(pod);
            }

            @Override
            public void onUpdate(Pod before, Pod now) {}

            @Override
            public void onDelete(Pod pod, boolean unsure) {}
        });
    }

    private static PodStatus running() {
        return new PodStatusBuilder()
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
                .build();
    }
}
