package io.metastore.operator.observe;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.metastore.operator.model.MemberName;
import io.metastore.operator.model.ObjectId;
import io.metastore.operator.model.Role;
import io.metastore.operator.resource.Labels;
import io.metastore.operator.resource.Names;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What matters of a Pod.
final class PodReader {
    private static final String ZONE = "topology.kubernetes.io/zone";

    private PodReader() {}

    /// Nothing for a Pod whose name is none of a member's.
    static Optional<ObservedPod> read(String cluster, Pod pod, Map<String, Node> nodes) {
        return MemberName.parse(cluster, pod.getMetadata().getName()).map(name -> read(name, pod, nodes));
    }

    private static ObservedPod read(MemberName name, Pod pod, Map<String, Node> nodes) {
        var meta = pod.getMetadata();
        var ready = condition(pod, "Ready");
        var labels = orEmpty(meta.getLabels());
        return new ObservedPod(
                name,
                new ObjectId(meta.getUid(), meta.getResourceVersion()),
                annotation(pod, Labels.HASH),
                container(pod).map(Container::getImage).orElse(""),
                annotation(pod, Labels.JOINS),
                meta.getDeletionTimestamp() != null,
                status(pod)
                        .map(ContainerStatus::getState)
                        .filter(state -> state.getRunning() != null)
                        .isPresent(),
                ready.filter(found -> found.getStatus().equals("True")).isPresent(),
                ready.map(PodCondition::getLastTransitionTime)
                        .or(() -> Optional.ofNullable(meta.getCreationTimestamp()))
                        .map(Instant::parse)
                        .orElse(Instant.EPOCH),
                Labels.LEADER.equals(labels.get(Labels.RAFT_ROLE)),
                !Role.WITNESS.text().equals(labels.get(Labels.ROLE)),
                Optional.ofNullable(pod.getStatus())
                        .flatMap(status -> Optional.ofNullable(status.getPodIP()))
                        .filter(address -> !address.isEmpty()),
                site(pod, nodes),
                trouble(pod));
    }

    private static String annotation(Pod pod, String name) {
        return orEmpty(pod.getMetadata().getAnnotations()).getOrDefault(name, "");
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }

    private static Optional<Container> container(Pod pod) {
        return pod.getSpec().getContainers().stream()
                .filter(container -> container.getName().equals(Names.CONTAINER))
                .findFirst();
    }

    private static Optional<ContainerStatus> status(Pod pod) {
        return Stream.ofNullable(pod.getStatus())
                .flatMap(status -> status.getContainerStatuses().stream())
                .filter(container -> container.getName().equals(Names.CONTAINER))
                .filter(container -> container.getState() != null)
                .findFirst();
    }

    private static Optional<PodCondition> condition(Pod pod, String type) {
        return Stream.ofNullable(pod.getStatus())
                .flatMap(status -> status.getConditions().stream())
                .filter(condition -> condition.getType().equals(type))
                .findFirst();
    }

    private static Optional<ObservedPod.Site> site(Pod pod, Map<String, Node> nodes) {
        var name = pod.getSpec().getNodeName();
        if (name == null) {
            return Optional.empty();
        }
        var node = Optional.ofNullable(nodes.get(name));
        return Optional.of(new ObservedPod.Site(
                name,
                node.flatMap(found -> Optional.ofNullable(
                        orEmpty(found.getMetadata().getLabels()).get(ZONE))),
                node.filter(found -> Boolean.TRUE.equals(found.getSpec().getUnschedulable()))
                        .isPresent()));
    }

    /// Why the process does not run: it cannot be placed, its image cannot be had, it ends again and
    /// again.
    private static Optional<String> trouble(Pod pod) {
        var unplaced = condition(pod, "PodScheduled")
                .filter(condition -> condition.getStatus().equals("False"))
                .map(condition -> condition.getReason() + ": " + condition.getMessage());
        var waiting = status(pod)
                .flatMap(container -> Optional.ofNullable(container.getState().getWaiting()))
                .filter(state ->
                        !List.of("ContainerCreating", "PodInitializing").contains(state.getReason()))
                .map(state -> state.getReason() + (state.getMessage() == null ? "" : ": " + state.getMessage()));
        return unplaced.or(() -> waiting);
    }
}
